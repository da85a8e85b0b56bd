import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { refusal } from '../../setup/answers.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, enroll, makeClass, makeStudents, makeTerm, school, undo } from '../../setup/school.ts'
import { seated, view, wait } from '../enrollments/art-class.ts'

let ids: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  ids = await makeRecords(school, 'Biology')
})
const termsOf = async (id: string) => (await view(id)).terms.map(({ title }) => title).toSorted()

/** Two classes of one seat each, taken, and one waiting in each. */
async function fullClasses() {
  const students = await makeStudents(4)
  const made = [await makeClass(1), await makeClass(1)]
  for (const [index, { id }] of made.entries()) {
    await enroll(id, students.slice(2 * index, 2 * index + 1))
    await wait(id, ...students.slice(2 * index + 1, 2 * index + 2))
  }
  const versions = await Promise.all(made.map(({ id }) => view(id)))
  return { students, items: versions.map(({ id, version }) => ({ id, version })) }
}

test('a pasted timetable of classes is added with courses, rooms and terms', async () => {
  const { courseId, roomId, academicSessionId } = ids
  const { outcomes } = await api().classes.createMany({
    items: [
      { title: 'Étude', code: 'E-1', courseId, roomId, capacity: 24, academicSessionIds: [academicSessionId] },
      { title: 'Étude', code: '', capacity: null },
    ],
  })
  const [first, second] = outcomes.map(({ id }) => String(id))
  expect(await view(first ?? '')).toMatchObject({ courseTitle: 'Biology', capacity: 24, terms: [{ title: 'Biology' }] })
  expect(await view(second ?? '')).toMatchObject({ code: null, capacity: null, terms: [] })
  expect(await api().classes.count({ search: 'etude e-1' })).toBe(1)
})

test('pasted rows change classes: seats go to who waits, terms follow, and too few seats are refused at the row', async () => {
  const { students, items } = await fullClasses()
  const [first, second] = items
  const few = { items: [{ title: 'New' }, { ...first, capacity: 0 }, { ...second, capacity: 1 }] }
  const refused = { ok: false, reason: 'class.capacity_below', field: 'capacity', details: { taken: 1 } }
  await expect(api().classes.createMany(few)).rejects.toMatchObject(
    refusal('many.refused', { refused: 1, outcomes: [{ ok: true }, refused, { ok: true }] }),
  )
  const { operationId } = await api().classes.createMany({
    items: [{ ...first, capacity: 2, academicSessionIds: [ids.academicSessionId] }, { ...second }],
  })
  expect(await seated(first?.id ?? '')).toEqual(students.slice(0, 2))
  expect(await termsOf(first?.id ?? '')).toEqual(['Biology'])
  await undo(operationId)
  expect(await view(first?.id ?? '')).toMatchObject({ capacity: 1, taken: 1, terms: [] })
})

test('a class of a term that is not there keeps all of them out, and is named', async () => {
  const archived = await makeTerm('Gone')
  await api().academicSessions.archive({ id: archived.id, version: 1 })
  const items = [
    { title: 'Lost' },
    { title: 'Lost', academicSessionIds: [newId()] },
    { title: 'Lost', academicSessionIds: [ids.academicSessionId, archived.id] },
    { title: 'Lost', academicSessionIds: ['spring'] },
  ]
  const unknown = { ok: false, reason: 'academicSession.not_found', field: 'academicSessionIds' }
  await expect(api().classes.createMany({ items })).rejects.toMatchObject(
    refusal('many.refused', {
      refused: 3,
      outcomes: [
        { ok: true },
        unknown,
        unknown,
        { reason: 'input.invalid', issues: [{ path: 'academicSessionIds.0', code: 'invalid_format' }] },
      ],
    }),
  )
  expect(await api().classes.count({ search: 'lost' })).toBe(0)
})

test('more seats in many classes go to those who wait in each, and back when it is undone', async () => {
  const { students, items } = await fullClasses()
  const { operationId, changed } = await api().classes.updateMany({ items, set: { capacity: 2 } })
  expect(changed).toBe(2)
  for (const [index, { id }] of items.entries())
    expect(await seated(id)).toEqual(students.slice(2 * index, 2 * index + 2))
  await undo(operationId)
  for (const { id } of items) expect(await view(id)).toMatchObject({ capacity: 1, taken: 1 })
})

test('where more sit than there are to be seats, no class is changed and those are named', async () => {
  const { items } = await fullClasses()
  const empty = await makeClass(5)
  const all = [...items, { id: empty.id, version: 1 }]
  const refused = { ok: false, reason: 'class.capacity_below', field: 'capacity', details: { taken: 1 } }
  await expect(api().classes.updateMany({ items: all, set: { capacity: 0 } })).rejects.toMatchObject(
    refusal('many.refused', { refused: 2, outcomes: [refused, refused, { ok: true, id: empty.id }] }),
  )
  expect(await view(empty.id)).toMatchObject({ capacity: 5, version: 1 })
})

test('many classes run in other terms from then on, each under its next version', async () => {
  const [fall, spring] = [await makeTerm('Fall'), await makeTerm('Spring')]
  const made = [
    await makeClass(10, { academicSessionIds: [fall.id] }),
    await makeClass(10, { academicSessionIds: [fall.id, spring.id] }),
    await makeClass(10, { academicSessionIds: [spring.id] }),
    await makeClass(10),
  ]
  const items = made.map(({ id }) => ({ id, version: 1 }))
  const set = { academicSessionIds: [spring.id] }
  const answer = await api().classes.updateMany({ items, set })
  expect(answer).toMatchObject({ changed: 3, outcomes: [2, 2, 1, 2].map((version) => ({ version })) })
  for (const { id } of made) expect(await termsOf(id)).toEqual(['Spring'])
  await undo(answer.operationId)
  expect(await Promise.all(made.map(({ id }) => termsOf(id)))).toEqual([['Fall'], ['Fall', 'Spring'], ['Spring'], []])
  const gone = { academicSessionIds: [newId()] }
  await expect(
    api().classes.updateMany({ items: [{ id: made[2]?.id ?? '', version: 1 }], set: gone }),
  ).rejects.toMatchObject(refusal('academicSession.not_found'))
})

test('all classes of a list are changed, archived with everybody in them, and brought back by its filter', async () => {
  const { roomId } = ids
  const title = `Choir ${newId()}`
  const [student] = await makeStudents(1)
  for (let made = 0; made < 3; made++) await makeClass(10, { title })
  const { rows } = await api().classes.list({ search: title })
  await enroll(rows[0]?.id ?? '', [student ?? ''])
  const listed = { filter: { search: title }, expected: 2, except: [rows[2]?.id ?? ''] }
  expect(await api().classes.updateMany({ ...listed, set: { roomId } })).toMatchObject({ changed: 2, outcomes: [] })
  expect(await api().classes.count({ search: title, roomId })).toBe(2)
  await expect(api().classes.archiveMany(listed)).rejects.toMatchObject(
    refusal('record.in_use', { standing: [{ entity: 'enrollment', count: 1 }], choices: ['end', 'keep'] }),
  )
  expect(await api().classes.archiveMany({ ...listed, standing: 'end' })).toMatchObject({ changed: 2 })
  expect(await api().enrollments.list({ studentId: student ?? '' })).toMatchObject([{ status: 'withdrawn' }])
  const archived = { filter: { search: title, archived: true }, expected: 2 }
  await expect(api().classes.restoreMany({ ...archived, expected: 3 })).rejects.toMatchObject(
    refusal('many.changed', { found: 2, expected: 3 }),
  )
  expect(await api().classes.restoreMany(archived)).toMatchObject({ changed: 2 })
  expect(await api().classes.count({ search: title })).toBe(3)
})

test('seats that became free while classes were archived go to those who wait once they are back', async () => {
  const { students, items } = await fullClasses()
  await api().classes.archiveMany({ items, standing: 'keep' })
  for (const id of [students[0], students[2]])
    await api().students.archive({ id: id ?? '', version: 1, standing: 'end' })
  const back = items.map(({ id, version }) => ({ id, version: version + 1 }))
  await api().classes.restoreMany({ items: back })
  expect(await seated(items[0]?.id ?? '')).toEqual([students[1]])
  expect(await seated(items[1]?.id ?? '')).toEqual([students[3]])
})
