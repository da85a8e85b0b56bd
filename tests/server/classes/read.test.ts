import { beforeAll, expect, test } from 'vitest'
import { enrollments } from '../../../db/schema/index.ts'
import { as, makePerson, writeInSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { school } from '../../setup/school.ts'

const viewer = await makePerson(school, 'viewer')
let ids: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  ids = await makeRecords(school, 'Biology 10B')
})

const classView = () => as(viewer).classes.get({ id: ids.classId })

test('a class shows its course, term, instructor and roster', async () => {
  expect(await classView()).toMatchObject({
    title: 'Biology 10B',
    courseTitle: 'Biology 10B',
    capacity: 30,
    taken: 1,
    terms: [{ startDate: '2026-09-01' }],
    instructors: [{ familyName: 'Biology 10B', isPrimary: true }],
    roster: [{ studentId: ids.studentId, status: 'enrolled' }],
  })
})

test('a seat is held by each student once, until the last day has passed', async () => {
  const row = { schoolId: school.id, studentId: ids.studentId, classId: ids.classId }
  await writeInSchool(school.id, async (tx) => {
    await tx.insert(enrollments).values({ ...row, beginDate: '2026-08-31', endDate: '2026-11-20', status: 'enrolled' })
    await tx.insert(enrollments).values({ ...row, beginDate: '2025-09-01', endDate: '2026-06-30', status: 'enrolled' })
    return []
  })
  expect((await classView()).taken).toBe(1)
  const late = { now: new Date('2026-11-21T23:59:00Z') }
  expect((await as(viewer, late).classes.get({ id: ids.classId })).taken).toBe(1)
})

test('classes are found by any part of their title and by term', async () => {
  const found = await as(viewer).classes.list({ search: '10b bio', academicSessionId: ids.academicSessionId })
  expect(found.rows).toMatchObject([{ id: ids.classId, taken: 1, instructors: [{ isPrimary: true }] }])
  expect(await as(viewer).classes.count({ search: 'chemistry' })).toBe(0)
})
