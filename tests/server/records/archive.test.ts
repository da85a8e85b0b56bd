import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { classInstructors, meetings } from '../../../db/schema/index.ts'
import { db } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, makeStudent, school, today } from '../../setup/school.ts'

let ids: Awaited<ReturnType<typeof makeRecords>>
let made = 0
beforeEach(async () => {
  ids = await makeRecords(school, `Record ${++made}`)
})

test('a room that a class meets in is archived only when people say what becomes of the class', async () => {
  const room = { id: ids.roomId, version: 1 }
  await expect(api().rooms.archive(room)).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: { standing: [{ entity: 'meeting', count: 1 }], choices: ['end', 'keep'] },
    },
  })
  expect(await api().rooms.archive({ ...room, standing: 'keep' })).toMatchObject({ version: 2 })
})

test('ending what meets in a room leaves what was held there as it was', async () => {
  await api().rooms.archive({ id: ids.roomId, version: 1, standing: 'end' })
  const rows = await db
    .select({ roomId: meetings.roomId, validFrom: meetings.validFrom, validTo: meetings.validTo })
    .from(meetings)
    .where(and(eq(meetings.schoolId, school.id), eq(meetings.classId, ids.classId)))
    .orderBy(meetings.validFrom)
  expect(rows).toEqual([
    { roomId: ids.roomId, validFrom: '2026-09-01', validTo: expect.any(String) },
    { roomId: null, validFrom: today, validTo: null },
  ])
  expect(String(rows[0]?.validTo) < today).toBe(true)
})

test('an instructor who teaches is archived with the assignments ended today', async () => {
  const one = { id: ids.instructorId, version: 1 }
  await expect(api().instructors.archive(one)).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: { standing: [{ entity: 'class', count: 1, names: [`Record ${made}`] }] },
    },
  })
  await api().instructors.archive({ ...one, standing: 'end' })
  const [assignment] = await db
    .select({ endDate: classInstructors.endDate, archivedAt: classInstructors.archivedAt })
    .from(classInstructors)
    .where(and(eq(classInstructors.schoolId, school.id), eq(classInstructors.id, ids.classInstructorId)))
  expect(assignment).toEqual({ endDate: today, archivedAt: null })
})

test('a course with classes can only leave them running, and they go on naming it', async () => {
  const course = { id: ids.courseId, version: 1 }
  for (const standing of ['ask', 'end'] as const)
    await expect(api().courses.archive({ ...course, standing })).rejects.toMatchObject({
      cause: { reason: 'record.in_use', details: { choices: ['keep'] } },
    })
  await api().courses.archive({ ...course, standing: 'keep' })
  expect(await api().classes.get({ id: ids.classId })).toMatchObject({ courseTitle: `Record ${made}` })
})

test('a department is closed by taking its programs, courses and instructors out of it', async () => {
  const { id } = await api().departments.create({ name: `Department ${made}` })
  const program = await api().programs.create({ name: `Of it ${made}`, type: 'other', departmentId: id })
  const course = await api().courses.create({ title: 'Of it', departmentId: id })
  await api().departments.archive({ id, version: 1, standing: 'end' })
  expect(await api().programs.get({ id: program.id })).toMatchObject({ departmentId: null, version: 2 })
  expect(await api().courses.get({ id: course.id })).toMatchObject({ departmentId: null, version: 2 })
  await expect(api().courses.update({ id: course.id, version: 2, departmentId: id })).rejects.toMatchObject({
    cause: { reason: 'department.not_found' },
  })
})

test('a program names its students in full before it is archived', async () => {
  const { id } = await api().programs.create({ name: `Program ${made}`, type: 'other' })
  for (const givenName of ['Tunde', 'Amara']) await makeStudent({ givenName, familyName: 'Abara', programId: id })
  await expect(api().programs.archive({ id, version: 1 })).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: { standing: [{ entity: 'student', count: 2, names: ['Amara Abara', 'Tunde Abara'] }] },
    },
  })
})

test('a record without dependents is archived without a question', async () => {
  const { id } = await api().rooms.create({ name: `Empty ${made}` })
  expect(await api().rooms.archive({ id, version: 1 })).toMatchObject({ version: 2 })
})
