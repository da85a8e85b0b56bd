import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classes, classInstructors, enrollments, meetings, programs } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

type Write = Parameters<typeof writeInSchool>[1]
let school: School
let registrar: Person
let ids: Awaited<ReturnType<typeof makeRecords>>

/** Where each line leads. */
const listed = {
  classesOverCapacity: () => as(registrar).classes.count({ attention: 'overCapacity' }),
  classesWithFreeSeats: () => as(registrar).classes.count({ attention: 'freeSeats' }),
  classesColliding: () => as(registrar).classes.count({ attention: 'colliding' }),
  classesWithoutInstructor: () => as(registrar).classes.count({ attention: 'noInstructor' }),
  classesWithoutMeetings: () => as(registrar).classes.count({ attention: 'noMeetings' }),
  studentsTwice: async () => (await as(registrar).students.duplicates()).count,
  studentsWithoutProgram: () => as(registrar).students.count({ programId: 'none', status: 'active' }),
}
/** Every line counts what the list it leads to counts. */
async function attention(person = registrar) {
  const lines = (await as(person).home.get()).attention
  for (const { kind, count } of lines) expect([kind, await listed[kind]()]).toEqual([kind, count])
  return lines
}
const lineOf = async (kind: string) => (await attention()).find((line) => line.kind === kind)
/** The journal tells of each kind that the tests below write past the procedures. */
const write = (change: (tx: Parameters<Write>[0]) => Promise<unknown>) =>
  writeInSchool(school.id, async (tx) => {
    await change(tx)
    const told = ['class', 'classInstructor', 'enrollment', 'meeting', 'program'] as const
    return told.map((entity) => ({ entity, after: { id: newId(), version: 2 } }))
  })
const ofClass = () => and(eq(classes.schoolId, school.id), eq(classes.id, ids.classId))
const setClass = (fields: object) => write((tx) => tx.update(classes).set(fields).where(ofClass()))
const enroll = (studentId: string, more: object = {}) =>
  write((tx) =>
    tx.insert(enrollments).values({
      schoolId: school.id,
      studentId,
      classId: ids.classId,
      status: 'enrolled',
      beginDate: '2026-10-01',
      ...more,
    }),
  )

/** The only school whose lines are looked at; the other one has everything wrong. */
beforeAll(async () => {
  const other = await makeSchool('Southfield')
  const theirs = await makeRecords(other)
  await writeInSchool(other.id, async (tx) => {
    await tx.update(classes).set({ capacity: 0 }).where(eq(classes.id, theirs.classId))
    await tx.update(classInstructors).set({ endDate: '2026-01-01' }).where(eq(classInstructors.schoolId, other.id))
    return []
  })
})
beforeEach(async () => {
  school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
  ids = await makeRecords(school, 'Biology')
  await write((tx) => tx.update(programs).set({ archivedAt: new Date() }).where(eq(programs.schoolId, school.id)))
})
afterAll(() => db.close())

test('where everything is in order nothing needs attention', async () => {
  expect(await attention()).toEqual([])
})

test('a class without an instructor is named until somebody teaches it', async () => {
  const assignment = and(eq(classInstructors.schoolId, school.id), eq(classInstructors.id, ids.classInstructorId))
  await write((tx) => tx.update(classInstructors).set({ endDate: '2026-11-19' }).where(assignment))
  expect(await attention()).toEqual([
    { kind: 'classesWithoutInstructor', count: 1, first: [{ id: ids.classId, name: 'Biology', detail: null }] },
  ])
  await write((tx) => tx.update(classInstructors).set({ endDate: '2026-11-20' }).where(assignment))
  expect(await attention()).toEqual([])
})

test('a class whose terms are over needs nothing any more, and an archived one neither', async () => {
  await write((tx) => tx.delete(classInstructors).where(eq(classInstructors.schoolId, school.id)))
  expect(await attention()).toHaveLength(1)
  const later = { now: new Date('2026-12-19T09:00:00Z') }
  expect((await as(registrar, later).home.get()).attention).toEqual([])
  await setClass({ archivedAt: new Date() })
  expect(await attention()).toEqual([])
})

test('a class is over capacity by students and not by rows, and no longer once the last day of one has passed', async () => {
  await setClass({ capacity: 1 })
  await enroll(ids.studentId, { beginDate: '2026-11-01' })
  expect(await attention()).toEqual([])
  const second = await as(registrar).students.create({ givenName: 'Second', familyName: 'Student' })
  await enroll(second.id, { endDate: '2026-11-20' })
  expect(await attention()).toEqual([
    { kind: 'classesOverCapacity', count: 1, first: [{ id: ids.classId, name: 'Biology', detail: '2 / 1' }] },
  ])
  const tomorrow = { now: new Date('2026-11-21T09:00:00Z') }
  expect((await as(registrar, tomorrow).home.get()).attention).toEqual([])
})

test('a free seat while a student waits is named, and a full class with a waitlist is not', async () => {
  const waiting = await as(registrar).students.create({ givenName: 'Wanda', familyName: 'Waiting' })
  await enroll(waiting.id, { status: 'waitlisted', waitlistPosition: 1, beginDate: null })
  expect(await lineOf('classesWithFreeSeats')).toMatchObject({ count: 1, first: [{ id: ids.classId }] })
  await setClass({ capacity: 1 })
  expect(await attention()).toEqual([])
  await setClass({ capacity: null })
  expect(await lineOf('classesWithFreeSeats')).toMatchObject({ count: 1 })
})

test('a class without meetings is missed in a school that has a timetable', async () => {
  const own = eq(meetings.schoolId, school.id)
  await write((tx) => tx.update(meetings).set({ validTo: '2026-11-19' }).where(own))
  expect(await attention()).toMatchObject([{ kind: 'classesWithoutMeetings', count: 1, first: [{ id: ids.classId }] }])
  await write((tx) => tx.delete(meetings).where(own))
  expect(await attention()).toEqual([])
})

test('students without a program are missed in a school that has programs', async () => {
  await as(registrar).students.create({ givenName: 'Left', familyName: 'Already', status: 'inactive' })
  expect(await attention()).toEqual([])
  await write((tx) => tx.update(programs).set({ archivedAt: null }).where(eq(programs.schoolId, school.id)))
  expect(await attention()).toMatchObject([
    { kind: 'studentsWithoutProgram', count: 1, first: [{ id: ids.studentId, name: 'Sam Biology' }] },
  ])
  await as(registrar).students.update({ id: ids.studentId, version: 1, programId: ids.programId })
  expect(await attention()).toEqual([])
})

test('two students of one name and one birth date are named together, until one is archived', async () => {
  const twin = { givenName: 'SÀM', familyName: 'biology' }
  const other = await as(registrar).students.create({ ...twin, birthDate: '2012-05-02' })
  expect(await attention()).toEqual([])
  const same = await as(registrar).students.update({ id: other.id, version: 1, birthDate: '2012-05-01' })
  const line = await lineOf('studentsTwice')
  expect(line).toMatchObject({ count: 1 })
  expect(new Set(line?.first.map(({ id }) => id))).toEqual(new Set([ids.studentId, other.id]))
  await as(registrar).students.archive({ id: same.id, version: same.version })
  expect(await attention()).toEqual([])
})

test('a student without a birth date is a likely duplicate of whoever has her name', async () => {
  const undated = await as(registrar).students.create({ givenName: 'Sam', familyName: 'Biology' })
  expect(await lineOf('studentsTwice')).toMatchObject({ count: 1 })
  await as(registrar).students.create({ givenName: 'Sam', familyName: 'Biology', birthDate: '2013-07-01' })
  const line = await lineOf('studentsTwice')
  expect(line?.count).toBe(2)
  expect(line?.first).toHaveLength(3)
  expect(line?.first.map(({ id }) => id)).toContain(undated.id)
})

test('a free seat is not missed while nobody waits but a student who is archived', async () => {
  const waiting = await as(registrar).students.create({ givenName: 'Wanda', familyName: 'Waiting' })
  await enroll(waiting.id, { status: 'waitlisted', waitlistPosition: 1, beginDate: null })
  expect(await lineOf('classesWithFreeSeats')).toMatchObject({ count: 1 })
  await as(registrar).students.archive({ id: waiting.id, version: waiting.version, standing: 'keep' })
  expect(await attention()).toEqual([])
})

test('the first few are named and all are counted', async () => {
  await write((tx) => tx.update(programs).set({ archivedAt: null }).where(eq(programs.schoolId, school.id)))
  for (let n = 10; n < 51; n++) await as(registrar).students.create({ givenName: 'Many', familyName: `Aa${n}` })
  const line = await lineOf('studentsWithoutProgram')
  expect(line?.count).toBe(42)
  expect(line?.first).toHaveLength(40)
  expect(line?.first[0]?.name).toBe('Many Aa10')
})

test('only those who can mend it are told', async () => {
  await write((tx) => tx.delete(classInstructors).where(eq(classInstructors.schoolId, school.id)))
  expect(await attention(await makePerson(school, 'viewer'))).toEqual([])
  expect(await attention(await makePerson(school, 'instructor', ids.instructorId))).toEqual([])
  expect(await attention(await makePerson(school, 'administrator'))).toHaveLength(1)
})
