import { expect, test } from 'vitest'
import { refusal, seen } from '../../setup/answers.ts'
import type { Caller } from '../../setup/people.ts'
import { as, makePerson } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, doing, makeClass, makeInstructor, school, undo } from '../../setup/school.ts'

type Create = Parameters<Caller['classInstructors']['create']>[0]
const assign = (input: Create) => api().classInstructors.create(input)
const teachersOf = async (classId: string) => (await api().classes.get({ id: classId })).assignments
const hire = async (givenName: string) => (await makeInstructor({ givenName })).id

test('a class has one primary instructor: the new one takes the place of the old in one step', async () => {
  const { id: classId } = await makeClass()
  const [ann, bob] = [await hire('Ann'), await hire('Bob')]
  await assign({ classId, instructorId: ann, isPrimary: true })
  const second = await assign({ classId, instructorId: bob })
  expect(await teachersOf(classId)).toMatchObject([
    { instructorId: ann, isPrimary: true },
    { instructorId: bob, isPrimary: false },
  ])
  const changed = await api().classInstructors.update({ ...seen(second), isPrimary: true })
  expect(changed).toMatchObject({ isPrimary: true, version: 2 })
  expect(await teachersOf(classId)).toMatchObject([
    { instructorId: bob, isPrimary: true },
    { instructorId: ann, isPrimary: false, version: 2 },
  ])
  await assign({ classId, instructorId: await hire('Cleo'), isPrimary: true })
  expect((await teachersOf(classId)).filter(({ isPrimary }) => isPrimary)).toMatchObject([{ givenName: 'Cleo' }])
})

test('a class has one primary instructor a day: each of two terms has its own', async () => {
  const { id: classId } = await makeClass()
  const [ann, bob] = [await hire('Ann'), await hire('Bob')]
  const fall = await assign({ classId, instructorId: ann, isPrimary: true, endDate: '2027-01-29' })
  const spring = await assign({ classId, instructorId: bob, isPrimary: true, beginDate: '2027-02-01' })
  const primaries = async () =>
    (await teachersOf(classId)).flatMap(({ isPrimary, givenName }) => (isPrimary ? givenName : [])).toSorted()
  expect(await primaries()).toEqual(['Ann', 'Bob'])
  const longer = await api().classInstructors.update({ ...seen(fall), endDate: '2027-02-05' })
  expect(await primaries()).toEqual(['Ann'])
  await api().classInstructors.update({ ...seen(longer), endDate: '2027-01-29' })
  const later = await api().classInstructors.update({ id: spring.id, version: 2, isPrimary: true })
  const gone = await api().classInstructors.archive(seen(later))
  expect(await api().classInstructors.restore(seen(gone))).toMatchObject({ isPrimary: true })
  expect(await primaries()).toEqual(['Ann', 'Bob'])
})

test("one instructor's days in one class never overlap", async () => {
  const { id: classId } = await makeClass()
  const instructorId = await hire('Ann')
  const first = await assign({ classId, instructorId, beginDate: '2026-09-01', endDate: '2026-10-31' })
  await expect(assign({ classId, instructorId, beginDate: '2026-10-31' })).rejects.toMatchObject(
    refusal('classInstructor.overlaps'),
  )
  await expect(assign({ classId, instructorId })).rejects.toMatchObject(refusal('classInstructor.overlaps'))
  await assign({ classId, instructorId, beginDate: '2026-11-01' })
  await expect(api().classInstructors.update({ ...seen(first), endDate: '2026-11-02' })).rejects.toMatchObject(
    refusal('classInstructor.overlaps'),
  )
  await expect(api().classInstructors.update({ ...seen(first), endDate: '2026-08-01' })).rejects.toMatchObject(
    refusal('classInstructor.dates_order'),
  )
})

test('an assignment is for an instructor and a class in use', async () => {
  const { id: classId } = await makeClass()
  const instructorId = await hire('Gone')
  await api().instructors.archive({ id: instructorId, version: 1 })
  await expect(assign({ classId, instructorId })).rejects.toMatchObject(refusal('instructor.not_found'))
  await api().classes.archive({ id: classId, version: 1 })
  await expect(assign({ classId, instructorId: await hire('Here') })).rejects.toMatchObject(refusal('class.not_found'))
})

test('an assignment that has ended stays in history, and the instructor still sees the class', async () => {
  const { classId, instructorId, classInstructorId, studentId } = await makeRecords(school, 'Ended')
  const instructor = await makePerson(school, 'instructor', instructorId)
  await api().classInstructors.update({ id: classInstructorId, version: 1, endDate: '2026-10-31' })
  expect(await teachersOf(classId)).toMatchObject([{ instructorId, endDate: '2026-10-31' }])
  expect(await as(instructor).classes.get({ id: classId })).toMatchObject({ id: classId })
  expect(await as(instructor).students.get({ id: studentId })).toMatchObject({ id: studentId })
})

test('an assignment that should never have been gives no sight of the class; brought back, it does', async () => {
  const { classId, instructorId, classInstructorId, studentId } = await makeRecords(school, 'Mistake')
  const instructor = await makePerson(school, 'instructor', instructorId)
  const gone = await api().classInstructors.archive({ id: classInstructorId, version: 1 })
  expect(gone.archivedAt).not.toBeNull()
  expect(await teachersOf(classId)).toEqual([])
  await expect(as(instructor).classes.get({ id: classId })).rejects.toMatchObject(refusal('class.not_found'))
  await expect(as(instructor).students.get({ id: studentId })).rejects.toMatchObject(refusal('student.not_found'))
  await api().classInstructors.restore(seen(gone))
  expect(await as(instructor).classes.get({ id: classId })).toMatchObject({ id: classId })
})

test('a primary assignment brought back is the primary one only if nobody else is by now', async () => {
  const { classId, classInstructorId } = await makeRecords(school, 'Back')
  const gone = await api().classInstructors.archive({ id: classInstructorId, version: 1 })
  await assign({ classId, instructorId: await hire('Dora'), isPrimary: true })
  const back = await api().classInstructors.restore(seen(gone))
  expect(back).toMatchObject({ isPrimary: false, archivedAt: null })
})

test('a day given up by an archived assignment can be taken again', async () => {
  const { id: classId } = await makeClass()
  const instructorId = await hire('Ann')
  const input = { classId, instructorId, beginDate: '2026-09-01' }
  await api().classInstructors.archive(seen(await assign(input)))
  expect(await assign(input)).toMatchObject({ beginDate: '2026-09-01' })
})

test('an assignment comes back only while its instructor and its class are in use', async () => {
  const { id: classId } = await makeClass()
  const ann = await makeInstructor({ givenName: 'Ann' })
  const { id, version } = await assign({ classId, instructorId: ann.id })
  const operationId = await doing((who) => who.classInstructors.archive({ id, version }))
  await api().instructors.archive({ ...seen(ann), standing: 'end' })
  const restore = () => api().classInstructors.restore({ id, version: version + 1 })
  await expect(restore()).rejects.toMatchObject(refusal('instructor.not_found'))
  await expect(undo(operationId)).rejects.toMatchObject(refusal('undo.changed'))
  await api().instructors.restore({ id: ann.id, version: ann.version + 1 })
  expect(await restore()).toMatchObject({ archivedAt: null })
})
