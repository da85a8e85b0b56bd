import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import * as schema from '../../../db/schema/index.ts'
import { fillDemoSchool, findDemoSchool } from '../../../server/demo/fill.ts'
import { db, now } from '../../setup/people.ts'

afterAll(() => db.close())

const namesIn = async (schoolId: number) =>
  (await db.select().from(schema.students).where(eq(schema.students.schoolId, schoolId)))
    .map(({ number, givenName, familyName, birthDate }) => [number, givenName, familyName, birthDate].join(' '))
    .toSorted()

test('the demo school has the same believable people every time', async () => {
  const first = await fillDemoSchool(db, { students: 120, name: 'First Demo', now })
  const second = await fillDemoSchool(db, { students: 120, name: 'Second Demo', now })
  expect(first.school).toMatchObject({ isDemo: true, slug: 'first-demo' })
  const names = await namesIn(first.school.id)
  expect(names).toHaveLength(120)
  expect(await namesIn(second.school.id)).toEqual(names)
})

test('there is one demo school: a second one of its name is refused and leaves nothing', async () => {
  await fillDemoSchool(db, { students: 4, now })
  expect(await findDemoSchool(db)).toBe('northgate-demo-school')
  const before = await db.$count(schema.students)
  await expect(fillDemoSchool(db, { students: 4, now })).rejects.toMatchObject({ reason: 'demo.there' })
  expect(await db.$count(schema.students)).toBe(before)
})

test('in the demo nobody is in two places at once, and every record is in the journal', async () => {
  const { school } = await fillDemoSchool(db, { students: 300, name: 'Busy Demo', now })
  const { classInstructors, enrollments, meetings } = schema

  const places = await db
    .select({ who: enrollments.studentId, weekday: meetings.weekday, at: meetings.startTime })
    .from(enrollments)
    .innerJoin(meetings, and(eq(meetings.schoolId, enrollments.schoolId), eq(meetings.classId, enrollments.classId)))
    .where(eq(enrollments.schoolId, school.id))
  expect(places).toHaveLength(300 * 7 * 5)
  expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length)
  const taught = await db
    .select({ who: classInstructors.instructorId, weekday: meetings.weekday, at: meetings.startTime })
    .from(classInstructors)
    .innerJoin(
      meetings,
      and(eq(meetings.schoolId, classInstructors.schoolId), eq(meetings.classId, classInstructors.classId)),
    )
    .where(and(eq(classInstructors.schoolId, school.id), eq(classInstructors.isPrimary, true)))
  expect(new Set(taught.map((place) => JSON.stringify(place))).size).toBe(taught.length)
  const told = await db.$count(
    schema.journal,
    and(eq(schema.journal.schoolId, school.id), eq(schema.journal.entity, 'enrollment')),
  )
  expect(told).toBe(300 * 7)
  expect(
    await db.$count(
      schema.students,
      and(eq(schema.students.schoolId, school.id), isNotNull(schema.students.birthDate)),
    ),
  ).toBe(300)
  const counts = new Map<string, number>()
  const rolls = await db
    .select({ id: enrollments.classId })
    .from(enrollments)
    .where(eq(enrollments.schoolId, school.id))
  for (const { id } of rolls) counts.set(id, (counts.get(id) ?? 0) + 1)
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(28)
})
