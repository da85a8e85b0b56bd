/** Many students go from a class to another one at once, and come back by one undo. */
import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { patiently } from '../../setup/patiently.ts'
import { api, doing, enroll, later, makeClass, makeStudents, rowOf, today, undo } from '../../setup/school.ts'
import { allRows, seated, standings, view, wait, waiting } from './art-class.ts'

const seenIn = async (classId: string, studentIds: readonly string[]) =>
  Promise.all(
    studentIds.map(async (id) => {
      const row = await rowOf(classId, id)
      return { id: row.id, version: row.version }
    }),
  )
const begun = { beginDate: '2026-09-01' }
const yesterday = '2026-11-19'

test('twenty-five move: their days here end before the first one there, and one undo brings all back', async () => {
  const [here, there] = [await makeClass(), await makeClass(30)]
  const students = await makeStudents(25)
  await enroll(here.id, students, begun)
  const items = await seenIn(here.id, students)
  const operationId = await doing(async (who) => {
    const { outcomes, promoted } = await who.enrollments.moveMany({ items, classId: there.id })
    expect(outcomes).toEqual(students.map((studentId) => ({ studentId, outcome: 'enrolled' })))
    expect(promoted).toEqual([])
  })
  expect(await allRows(here.id)).toEqual(
    students.map(() =>
      expect.objectContaining({ status: 'withdrawn', withdrawalReason: 'scheduleChange', endDate: yesterday }),
    ),
  )
  expect(await seated(there.id)).toEqual(students)
  expect(await rowOf(there.id, students[0])).toMatchObject({ beginDate: today, endDate: null })
  await undo(operationId)
  expect(await seated(here.id)).toEqual(students)
  expect((await rowOf(here.id, students[3])).endDate).toBeNull()
  expect(await standings(there.id)).toEqual([])
})

test('from a coming day on, each sits here until the day before', async () => {
  const [here, there] = [await makeClass(), await makeClass()]
  const [a = ''] = await makeStudents(1)
  await enroll(here.id, [a], begun)
  await api().enrollments.moveMany({ items: await seenIn(here.id, [a]), classId: there.id, beginDate: '2026-12-07' })
  expect(await rowOf(here.id, a)).toMatchObject({ status: 'enrolled', endDate: '2026-12-06' })
  const shown = async (at = {}) =>
    (await api(at).enrollments.list({ studentId: a })).find(({ classId }) => classId === here.id)
  expect(await shown()).toMatchObject({ status: 'enrolled' })
  expect(await shown(later(17))).toMatchObject({ status: 'withdrawn', withdrawalReason: 'scheduleChange' })
  expect(await rowOf(there.id, a)).toMatchObject({ status: 'enrolled', beginDate: '2026-12-07' })
})

test('who came only today, or waits, leaves no day behind', async () => {
  const [here, there] = [await makeClass(1), await makeClass()]
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(here.id, [a])
  await wait(here.id, b)
  await api().enrollments.moveMany({ items: await seenIn(here.id, [a, b]), classId: there.id })
  expect(await standings(here.id)).toEqual([])
  expect(await seated(there.id)).toEqual([a, b])
})

test('a planned end before the move stays', async () => {
  const [here, there] = [await makeClass(), await makeClass()]
  const [a = ''] = await makeStudents(1)
  await enroll(here.id, [a], begun)
  const row = await rowOf(here.id, a)
  await api().enrollments.update({ id: row.id, version: row.version, endDate: '2026-11-27' })
  await api().enrollments.moveMany({ items: await seenIn(here.id, [a]), classId: there.id, beginDate: '2026-12-07' })
  expect(await rowOf(here.id, a)).toMatchObject({ status: 'enrolled', endDate: '2026-11-27' })
})

test('seats that become free go to those who wait, who are told', async () => {
  const [here, there] = [await makeClass(1), await makeClass()]
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(here.id, [a], begun)
  await wait(here.id, b)
  const moved = await api().enrollments.moveMany({ items: await seenIn(here.id, [a]), classId: there.id })
  expect(moved.promoted.map(({ studentId }) => studentId)).toEqual([b])
  expect(await seated(here.id)).toEqual([b])
})

test('too few seats there: nobody moves, and each hears', async () => {
  const [here, there] = [await makeClass(), await makeClass(1)]
  const students = await makeStudents(2)
  await enroll(here.id, students, begun)
  const items = await seenIn(here.id, students)
  await expect(api().enrollments.moveMany({ items, classId: there.id })).rejects.toMatchObject(
    refusal('many.refused', {
      outcomes: [
        { index: 0, id: students[0], ok: true },
        { index: 1, id: students[1], reason: 'class.full' },
      ],
    }),
  )
  expect(await seated(here.id)).toEqual(students)
  expect(await standings(there.id)).toEqual([])
})

test('who waits there does not lose the seat here', async () => {
  const [here, there] = [await makeClass(), await makeClass(1)]
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(there.id, [b], begun)
  await enroll(here.id, [a], begun)
  await wait(there.id, a)
  const items = await seenIn(here.id, [a])
  await expect(api().enrollments.moveMany({ items, classId: there.id })).rejects.toMatchObject(refusal('many.refused'))
  expect(await seated(here.id)).toEqual([a])
  expect(await waiting(there.id)).toEqual([a])
})

test('the class where they are, an ended enrollment and one that has changed are refused by name', async () => {
  const [here, there] = [await makeClass(), await makeClass()]
  const [a = '', b = '', c = ''] = await makeStudents(3)
  await enroll(here.id, [a, b, c], begun)
  const [own, ended, stale] = await seenIn(here.id, [a, b, c])
  if (!own || !ended || !stale) throw new Error('three were asked for')
  const refused = (reason: string) => refusal('many.refused', { outcomes: [{ ok: false, reason }] })
  const move = (item: typeof own, classId = there.id) => api().enrollments.moveMany({ items: [item], classId })
  await expect(move(own, here.id)).rejects.toMatchObject(refused('enrollment.same_class'))
  await api().enrollments.withdraw({ ...ended, reason: 'moved' })
  await expect(move({ ...ended, version: 2 })).rejects.toMatchObject(refused('enrollment.not_open'))
  await api().enrollments.update({ ...stale, note: 'Sits in front' })
  await expect(move(stale)).rejects.toMatchObject(refused('enrollment.stale'))
  expect(await standings(there.id)).toEqual([])
})

test('two who move thirty into twenty seats at once: one does, and the other hears that the class is full', async () => {
  const [here, there] = [await makeClass(), await makeClass(20)]
  const students = await makeStudents(30)
  await enroll(here.id, students, begun)
  const items = await seenIn(here.id, students)
  const move = (part: typeof items) => patiently(() => api().enrollments.moveMany({ items: part, classId: there.id }))
  const results = await Promise.allSettled([move(items.slice(0, 15)), move(items.slice(15))])
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await view(there.id)).toMatchObject({ taken: 15 })
  expect(await seated(here.id)).toHaveLength(15)
})

test('a day of the past counts from then on', async () => {
  const [here, there] = [await makeClass(), await makeClass()]
  const [a = ''] = await makeStudents(1)
  await enroll(here.id, [a], begun)
  const items = await seenIn(here.id, [a])
  await api(later(1)).enrollments.moveMany({ items, classId: there.id, beginDate: '2026-11-02' })
  expect(await rowOf(here.id, a)).toMatchObject({ status: 'withdrawn', endDate: '2026-11-01' })
  expect(await rowOf(there.id, a)).toMatchObject({ beginDate: '2026-11-02' })
})
