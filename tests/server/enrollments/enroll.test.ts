import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { refusal } from '../../setup/answers.ts'
import { patiently } from '../../setup/patiently.ts'
import { as } from '../../setup/people.ts'
import { enroll, later, makeClass, makeStudents, registrar, rowOf, today, withdraw } from '../../setup/school.ts'
import { allRows, seated, standings, view, wait, waiting } from './art-class.ts'

test('of fifty who enroll for ten seats at once, ten get in and forty hear that the class is full', async () => {
  const { id } = await makeClass(10)
  const students = await makeStudents(50)
  const results = await Promise.allSettled(students.map((student) => patiently(() => enroll(id, [student]))))
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(refused).toHaveLength(40)
  for (const reason of refused)
    expect(reason).toMatchObject(refusal('class.full', { taken: 10, capacity: 10, waitlisted: 0 }))
  expect(await view(id)).toMatchObject({ taken: 10, capacity: 10 })
  expect(await standings(id)).toEqual(Array.from({ length: 10 }, () => 'enrolled'))
})

test('enrolling begins today and says what became of each', async () => {
  const { id } = await makeClass(2)
  const [a = '', b = '', c = ''] = await makeStudents(3)
  expect((await enroll(id, [a])).outcomes).toEqual([{ studentId: a, outcome: 'enrolled' }])
  expect((await wait(id, a, b, c)).outcomes).toEqual([
    { studentId: a, outcome: 'already' },
    { studentId: b, outcome: 'enrolled' },
    { studentId: c, outcome: 'waitlisted' },
  ])
  expect(await rowOf(id, b)).toMatchObject({ beginDate: today, endDate: null, status: 'enrolled', version: 1 })
})

test('a repeated request answers the same and enrolls nobody twice', async () => {
  const { id } = await makeClass(1)
  const studentIds = await makeStudents(2)
  const key = newId()
  const input = { classId: id, studentIds, waitlist: true }
  const first = await as(registrar, { key }).classes.enroll(input)
  expect(await as(registrar, { key }).classes.enroll(input)).toEqual(first)
  expect(await allRows(id)).toHaveLength(2)
})

test('of many, all get in or none, and each hears why', async () => {
  const { id } = await makeClass(2)
  const [a = '', b = '', c = ''] = await makeStudents(3)
  const archived = await as(registrar).students.create({ givenName: 'Ada', familyName: 'Gone' })
  await as(registrar).students.archive({ id: archived.id, version: 1 })
  const nobody = newId()
  await expect(enroll(id, [a, nobody, archived.id, b, c])).rejects.toMatchObject(
    refusal('many.refused', {
      outcomes: [
        { index: 0, id: a, ok: true },
        { index: 1, id: nobody, reason: 'student.not_found' },
        { index: 2, id: archived.id, reason: 'enrollment.archived' },
        { index: 3, id: b, ok: true },
        { index: 4, id: c, reason: 'class.full' },
      ],
    }),
  )
  expect(await standings(id)).toEqual([])
})

test('five hundred are enrolled in one go', async () => {
  const { id } = await makeClass(null)
  const students = await makeStudents(500)
  const { outcomes } = await enroll(id, students)
  expect(outcomes.every(({ outcome }) => outcome === 'enrolled')).toBe(true)
  expect((await view(id)).taken).toBe(500)
})

test('a student named twice sits once', async () => {
  const { id } = await makeClass(2)
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a, a, b])
  expect(await seated(id)).toEqual([a, b])
})

test('a seat to come is taken now', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a], { beginDate: '2027-01-11' })
  await expect(enroll(id, [b])).rejects.toMatchObject(refusal('class.full'))
})

test('an archived student or class takes no enrollments', async () => {
  const art = await makeClass(5)
  const [a = '', b = ''] = await makeStudents(2)
  await as(registrar).students.archive({ id: a, version: 1 })
  await expect(enroll(art.id, [a])).rejects.toMatchObject(refusal('enrollment.archived'))
  await as(registrar).classes.archive({ id: art.id, version: art.version })
  await expect(enroll(art.id, [b])).rejects.toMatchObject(refusal('enrollment.archived'))
})

test('who was withdrawn today and is enrolled again was never gone', async () => {
  const { id } = await makeClass(1)
  const [a = ''] = await makeStudents(1)
  await enroll(id, [a], { beginDate: '2026-09-01' })
  await withdraw(id, a)
  await enroll(id, [a])
  const rows = await allRows(id)
  expect(rows).toMatchObject([{ beginDate: '2026-09-01', endDate: null, status: 'enrolled', withdrawalReason: null }])
})

test('a student who comes back later has her first days and her new ones, which do not overlap', async () => {
  const { id } = await makeClass(1)
  const [a = ''] = await makeStudents(1)
  await enroll(id, [a], { beginDate: '2026-09-01' })
  await withdraw(id, a, { endDate: '2026-10-15' })
  await enroll(id, [a])
  expect((await view(id)).roster).toMatchObject([
    { beginDate: '2026-09-01', endDate: '2026-10-15', status: 'withdrawn' },
    { beginDate: today, endDate: null, status: 'enrolled' },
  ])
})

test("one student's days in a class never overlap", async () => {
  const { id } = await makeClass(5)
  const [a = ''] = await makeStudents(1)
  await enroll(id, [a], { beginDate: '2026-10-01' })
  await withdraw(id, a, { endDate: '2026-10-15' })
  await expect(enroll(id, [a], { beginDate: '2026-09-15' })).rejects.toMatchObject(refusal('enrollment.overlaps'))
})

test('who comes back to a full class waits, and her days in it stay hers', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a], { beginDate: '2026-09-01' })
  await withdraw(id, a)
  await enroll(id, [b])
  await wait(id, a)
  await withdraw(id, b)
  expect((await view(id)).roster.filter(({ studentId }) => studentId === a)).toMatchObject([
    { beginDate: '2026-09-01', endDate: today, status: 'withdrawn' },
    { beginDate: '2026-11-21', endDate: null, status: 'enrolled' },
  ])
})

test('enrolling before the term begins starts with the term', async () => {
  const spring = await as(registrar).academicSessions.create({
    title: 'Spring',
    type: 'term',
    startDate: '2027-01-11',
    endDate: '2027-06-18',
  })
  const { id } = await makeClass(1, { academicSessionIds: [spring.id] })
  const [a = ''] = await makeStudents(1)
  await enroll(id, [a])
  expect(await rowOf(id, a)).toMatchObject({ beginDate: '2027-01-11' })
})

test('a seat that freed itself at midnight goes to who waits before it goes to who asks', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = '', c = ''] = await makeStudents(3)
  await enroll(id, [a])
  const { id: rowId, version } = await rowOf(id, a)
  await as(registrar).enrollments.update({ id: rowId, version, endDate: today })
  await wait(id, b)
  expect(await view(id)).toMatchObject({ taken: 1, waiting: 1, seatsToGive: 0 })
  const tomorrow = as(registrar, later(1))
  expect(await tomorrow.classes.get({ id })).toMatchObject({ taken: 0, waiting: 1, seatsToGive: 1 })
  await expect(as(registrar, later(1)).classes.enroll({ classId: id, studentIds: [c] })).rejects.toMatchObject(
    refusal('class.full'),
  )
  expect(await waiting(id)).toEqual([b])
  const { promoted } = await as(registrar, later(1)).classes.promote({ id })
  expect(promoted).toMatchObject([{ studentId: b }])
  expect(await rowOf(id, b)).toMatchObject({ status: 'enrolled', beginDate: '2026-11-21', waitlistPosition: null })
})
