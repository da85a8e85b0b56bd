import { afterAll, beforeAll, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import type { Caller } from '../../setup/people.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

let school: School
let registrar: Person
beforeAll(async () => {
  school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
})
afterAll(() => db.close())

type Create = Parameters<Caller['classInstructors']['create']>[0]
const assign = (input: Create) => as(registrar).classInstructors.create(input)
const teachersOf = async (classId: string) => (await as(registrar).classes.get({ id: classId })).assignments
const makeInstructor = async (givenName: string) => {
  const { id } = await as(registrar).instructors.create({ givenName, familyName: 'Teacher' })
  return id
}
const makeClass = async () => {
  const { id } = await as(registrar).classes.create({ title: 'Art' })
  return id
}
const refusal = (reason: string) => ({ cause: { reason } })

test('a class has one primary instructor: the new one takes the place of the old in one step', async () => {
  const classId = await makeClass()
  const [ann, bob] = [await makeInstructor('Ann'), await makeInstructor('Bob')]
  await assign({ classId, instructorId: ann, isPrimary: true })
  const second = await assign({ classId, instructorId: bob })
  expect(await teachersOf(classId)).toMatchObject([
    { instructorId: ann, isPrimary: true },
    { instructorId: bob, isPrimary: false },
  ])
  const changed = await as(registrar).classInstructors.update({ ...seen(second), isPrimary: true })
  expect(changed).toMatchObject({ isPrimary: true, version: 2 })
  expect(await teachersOf(classId)).toMatchObject([
    { instructorId: bob, isPrimary: true },
    { instructorId: ann, isPrimary: false, version: 2 },
  ])
  await assign({ classId, instructorId: await makeInstructor('Cleo'), isPrimary: true })
  expect((await teachersOf(classId)).filter(({ isPrimary }) => isPrimary)).toMatchObject([{ givenName: 'Cleo' }])
})

const seen = ({ id, version }: { id: string; version: number }) => ({ id, version })

test("one instructor's days in one class never overlap", async () => {
  const classId = await makeClass()
  const instructorId = await makeInstructor('Ann')
  const first = await assign({ classId, instructorId, beginDate: '2026-09-01', endDate: '2026-10-31' })
  await expect(assign({ classId, instructorId, beginDate: '2026-10-31' })).rejects.toMatchObject(
    refusal('classInstructor.overlaps'),
  )
  await expect(assign({ classId, instructorId })).rejects.toMatchObject(refusal('classInstructor.overlaps'))
  await assign({ classId, instructorId, beginDate: '2026-11-01' })
  await expect(as(registrar).classInstructors.update({ ...seen(first), endDate: '2026-11-02' })).rejects.toMatchObject(
    refusal('classInstructor.overlaps'),
  )
  await expect(as(registrar).classInstructors.update({ ...seen(first), endDate: '2026-08-01' })).rejects.toMatchObject(
    refusal('classInstructor.dates_order'),
  )
})

test('an assignment is for an instructor and a class in use', async () => {
  const classId = await makeClass()
  const instructorId = await makeInstructor('Gone')
  await as(registrar).instructors.archive({ id: instructorId, version: 1 })
  await expect(assign({ classId, instructorId })).rejects.toMatchObject(refusal('instructor.not_found'))
  await as(registrar).classes.archive({ id: classId, version: 1 })
  await expect(assign({ classId, instructorId: await makeInstructor('Here') })).rejects.toMatchObject(
    refusal('class.not_found'),
  )
})

test('an assignment that has ended stays in history, and the instructor still sees the class', async () => {
  const { classId, instructorId, classInstructorId, studentId } = await makeRecords(school, 'Ended')
  const instructor = await makePerson(school, 'instructor', instructorId)
  await as(registrar).classInstructors.update({ id: classInstructorId, version: 1, endDate: '2026-10-31' })
  expect(await teachersOf(classId)).toMatchObject([{ instructorId, endDate: '2026-10-31' }])
  expect(await as(instructor).classes.get({ id: classId })).toMatchObject({ id: classId })
  expect(await as(instructor).students.get({ id: studentId })).toMatchObject({ id: studentId })
})

test('an assignment that should never have been gives no sight of the class; brought back, it does', async () => {
  const { classId, instructorId, classInstructorId, studentId } = await makeRecords(school, 'Mistake')
  const instructor = await makePerson(school, 'instructor', instructorId)
  const gone = await as(registrar).classInstructors.archive({ id: classInstructorId, version: 1 })
  expect(gone.archivedAt).not.toBeNull()
  expect(await teachersOf(classId)).toEqual([])
  await expect(as(instructor).classes.get({ id: classId })).rejects.toMatchObject(refusal('class.not_found'))
  await expect(as(instructor).students.get({ id: studentId })).rejects.toMatchObject(refusal('student.not_found'))
  await as(registrar).classInstructors.restore(seen(gone))
  expect(await as(instructor).classes.get({ id: classId })).toMatchObject({ id: classId })
})

test('a primary assignment brought back is the primary one only if nobody else is by now', async () => {
  const { classId, classInstructorId } = await makeRecords(school, 'Back')
  const gone = await as(registrar).classInstructors.archive({ id: classInstructorId, version: 1 })
  await assign({ classId, instructorId: await makeInstructor('Dora'), isPrimary: true })
  const back = await as(registrar).classInstructors.restore(seen(gone))
  expect(back).toMatchObject({ isPrimary: false, archivedAt: null })
})

test('a day given up by an archived assignment can be taken again', async () => {
  const classId = await makeClass()
  const instructorId = await makeInstructor('Ann')
  const input = { classId, instructorId, beginDate: '2026-09-01' }
  await as(registrar).classInstructors.archive(seen(await assign(input)))
  expect(await assign(input)).toMatchObject({ beginDate: '2026-09-01' })
})
