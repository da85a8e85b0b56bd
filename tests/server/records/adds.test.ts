import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { as, makePerson } from '../../setup/people.ts'
import { api, school, undo } from '../../setup/school.ts'

let made = 0
const name = () => `Named${++made}`
const departments = async (who = api()) => (await who.departments.list({})).map((one) => one.name)

test('courses are pasted together with the departments they name, in one operation that one undo takes back', async () => {
  const [art, music, title] = [name(), name(), name()]
  const [one, other] = [newId(), newId()]
  const { operationId, outcomes } = await api().courses.createMany({
    items: [
      { title: `${title} A`, departmentId: one },
      { title: `${title} B`, departmentId: other },
      { title: `${title} C`, departmentId: one },
    ],
    adds: [
      { to: 'department', as: one, name: art },
      { to: 'department', as: other, name: music },
    ],
  })
  expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
  const rows = (await api().courses.list({})).filter((row) => row.title.startsWith(title))
  expect(rows.map(({ departmentName }) => departmentName)).toEqual([art, music, art])
  await undo(operationId)
  expect(await departments()).not.toContain(art)
  expect((await api().courses.list({})).filter((row) => row.title.startsWith(title))).toEqual([])
})

test('a department that somebody added meanwhile is taken, and nothing is added where a row is refused', async () => {
  const [art, lab, title] = [name(), name(), name()]
  const { id } = await api().departments.create({ name: art })
  const as = newId()
  const adds = [{ to: 'department' as const, as, name: art }]
  const { outcomes } = await api().courses.createMany({ items: [{ title, departmentId: as }], adds })
  expect(await api().courses.get({ id: String(outcomes[0]?.id) })).toMatchObject({ departmentId: id })
  expect((await departments()).filter((one) => one === art)).toHaveLength(1)
  const more = { to: 'department' as const, as, name: lab }
  await expect(
    api().courses.createMany({ items: [{ title: '', departmentId: as }], adds: [more] }),
  ).rejects.toMatchObject({
    cause: { reason: 'many.refused' },
  })
  expect(await departments()).not.toContain(lab)
})

test('programs, rooms and courses are added by name, too; an id that nothing stands for is refused', async () => {
  const [program, room, course] = [name(), name(), name()]
  const [p, r, c] = [newId(), newId(), newId()]
  const student = { givenName: 'Ada', familyName: name(), programId: p }
  await api().students.createMany({ items: [student], adds: [{ to: 'program', as: p, name: program }] })
  expect((await api().programs.list({})).map((one) => one.name)).toContain(program)
  const adds = [
    { to: 'room' as const, as: r, name: room },
    { to: 'course' as const, as: c, name: course },
  ]
  const { outcomes } = await api().classes.createMany({ items: [{ title: name(), roomId: r, courseId: c }], adds })
  expect(await api().classes.get({ id: String(outcomes[0]?.id) })).toMatchObject({
    roomName: room,
    courseTitle: course,
  })
  await expect(
    api().students.createMany({ items: [{ ...student, programId: newId() }], adds: [] }),
  ).rejects.toMatchObject({
    cause: { reason: 'many.refused' },
  })
})

test('who may not write adds nothing beside', async () => {
  const viewer = await makePerson(school, 'viewer')
  const id = newId()
  const input = {
    items: [{ title: name(), departmentId: id }],
    adds: [{ to: 'department' as const, as: id, name: name() }],
  }
  await expect(as(viewer).courses.createMany(input)).rejects.toMatchObject({ cause: { reason: 'permission.missing' } })
})
