import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { classes } from '../../../../db/schema/index.ts'
import { refusal } from '../../../setup/answers.ts'
import { as, makePerson, writeInSchool } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'
import {
  api,
  enroll,
  later,
  makeClass,
  makeStudents,
  makeTerm,
  registrar,
  school,
  today,
} from '../../../setup/school.ts'
import { view, wait } from '../../enrollments/art-class.ts'

let ids: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  ids = await makeRecords(school, 'Biology')
})

test('a class is created with its course, room, seats and terms, and found at once', async () => {
  const { courseId, roomId, academicSessionId } = ids
  const made = await api().classes.create({
    title: 'Étude de la vie',
    code: 'BIO-1',
    courseId,
    roomId,
    capacity: 24,
    academicSessionIds: [academicSessionId],
  })
  expect(made).toMatchObject({
    title: 'Étude de la vie',
    courseTitle: 'Biology',
    roomName: 'Biology',
    capacity: 24,
    taken: 0,
    version: 1,
    terms: [{ id: academicSessionId }],
  })
  const { rows } = await api().classes.list({ search: 'etude bio-1', courseId, academicSessionId })
  expect(rows).toMatchObject([{ id: made.id, capacity: 24 }])
})

test('a class is renamed, and its version says so; seen too late is refused', async () => {
  const { id, version } = await makeClass(10)
  const renamed = await api().classes.update({ id, version, title: 'Zoology', code: '' })
  expect(renamed).toMatchObject({ title: 'Zoology', code: null, version: 2 })
  expect((await api().classes.list({ search: 'zoology' })).rows).toHaveLength(1)
  await expect(api().classes.update({ id, version, title: 'Botany' })).rejects.toMatchObject(
    refusal('class.stale', { changes: [{ fields: ['title'], version: 2 }] }),
  )
})

test('its terms are replaced as a whole, and a term can come back', async () => {
  const [fall, spring] = [await makeTerm('Fall'), await makeTerm('Spring')]
  const made = await makeClass(10, { academicSessionIds: [fall.id] })
  const termsAfter = async (version: number, ...academicSessionIds: string[]) => {
    const { terms } = await api().classes.update({ id: made.id, version, academicSessionIds })
    return terms.map(({ title }) => title).toSorted()
  }
  expect(await termsAfter(1, spring.id)).toEqual(['Spring'])
  expect(await termsAfter(2, spring.id, fall.id)).toEqual(['Fall', 'Spring'])
  expect(await termsAfter(3)).toEqual([])
  expect(await view(made.id)).toMatchObject({ version: 4 })
})

test('what is chosen for a class must be there and in use', async () => {
  const room = await api().rooms.create({ name: 'Attic' })
  await api().rooms.archive({ id: room.id, version: room.version })
  const create = (fields: object) => api().classes.create({ title: 'Lost', ...fields })
  await expect(create({ roomId: room.id })).rejects.toMatchObject(refusal('room.not_found'))
  await expect(create({ courseId: newId() })).rejects.toMatchObject(refusal('course.not_found'))
  await expect(create({ academicSessionIds: [newId()] })).rejects.toMatchObject(refusal('academicSession.not_found'))
  expect(await api().classes.count({ search: 'lost' })).toBe(0)
})

test('seats are not taken from under those who sit on them', async () => {
  const { id, version } = await makeClass(3)
  await enroll(id, await makeStudents(3))
  const resize = (capacity: number | null) => api().classes.update({ id, version, capacity })
  await expect(resize(2)).rejects.toMatchObject(refusal('class.capacity_below', { taken: 3 }))
  expect(await resize(5)).toMatchObject({ capacity: 5 })
})

test('a class that was overfilled may get more seats, if not enough for all', async () => {
  const { id } = await makeClass(null)
  await enroll(id, await makeStudents(3))
  await writeInSchool(school.id, async (tx) => {
    await tx.update(classes).set({ capacity: 1 }).where(eq(classes.id, id))
    return []
  })
  expect(await api().classes.update({ id, version: 1, capacity: 2 })).toMatchObject({ capacity: 2, taken: 3 })
  await expect(api().classes.update({ id, version: 2, capacity: 1 })).rejects.toMatchObject(
    refusal('class.capacity_below'),
  )
})

test('archiving a class with students, an instructor and meetings says so, and ends them when told to', async () => {
  const mine = await makeRecords(school, 'Chemistry')
  const { id, version } = await view(mine.classId)
  const archive = (standing: 'ask' | 'end') => api().classes.archive({ id, version, standing })
  await expect(archive('ask')).rejects.toMatchObject(
    refusal('record.in_use', {
      standing: [
        { entity: 'enrollment', count: 1, names: ['Sam Chemistry'] },
        { entity: 'classInstructor', count: 1, names: ['Ines Chemistry'] },
        { entity: 'meeting', count: 1, names: ['09:00'] },
      ],
      choices: ['end', 'keep'],
    }),
  )
  const archived = await archive('end')
  expect(archived.archivedAt).not.toBeNull()
  expect(archived.roster).toMatchObject([
    { status: 'withdrawn', endDate: today, withdrawalReason: 'scheduleChange', studentId: mine.studentId },
  ])
  expect(archived.assignments).toMatchObject([{ instructorId: mine.instructorId, endDate: today }])
})

test('a class with nothing open in it is archived at once, is found there, and comes back', async () => {
  const { id, version, title } = await makeClass(1)
  const archived = await api().classes.archive({ id, version })
  expect(await api().classes.count({ search: title })).toBe(0)
  expect(await api().classes.count({ search: title, archived: true })).toBe(1)
  expect((await api().classes.restore({ id, version: archived.version })).archivedAt).toBeNull()
})

test('who waits is told after who sits, in the order of the line', async () => {
  const { id } = await makeClass(2)
  const [a = '', b = '', c = '', d = ''] = await makeStudents(4)
  await wait(id, d, c, b, a)
  const { roster, waiting } = await view(id)
  expect(roster.map(({ studentId }) => studentId)).toEqual([c, d, b, a])
  expect(waiting).toBe(2)
})

test('a list tells who teaches a class now, and of a class nobody teaches any more who did last', async () => {
  const { id, title } = await makeClass(5)
  const [ann, bob] = [
    await api().instructors.create({ givenName: 'Ann', familyName: 'First' }),
    await api().instructors.create({ givenName: 'Bob', familyName: 'Second' }),
  ]
  const assign = (instructorId: string, beginDate: string, endDate: string | null) =>
    api().classInstructors.create({ classId: id, instructorId, beginDate, endDate })
  await assign(ann.id, '2026-09-01', '2026-10-31')
  await assign(bob.id, '2026-11-01', '2026-12-18')
  const shown = async (more = {}) => {
    const { rows } = await as(registrar, more).classes.list({ search: title })
    return rows[0]?.instructors.map(({ givenName }) => givenName)
  }
  expect(await shown()).toEqual(['Bob'])
  expect(await shown(later(60))).toEqual(['Bob'])
  expect((await view(id)).assignments.map(({ givenName }) => givenName)).toEqual(['Bob', 'Ann'])
})

test("a viewer sees a class and doesn't change it", async () => {
  const viewer = await makePerson(school, 'viewer')
  const { id, version } = await makeClass(1)
  expect(await as(viewer).classes.get({ id })).toMatchObject({ version })
  await expect(as(viewer).classes.update({ id, version, capacity: 2 })).rejects.toMatchObject(
    refusal('permission.missing'),
  )
})
