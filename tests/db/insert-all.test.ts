import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { courses, rooms, students } from '../../db/schema/index.ts'
import { addSchools } from './sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1, 2]))
afterAll(() => db.close())

/** Something in every kind of column a record has, and what texts are made of. */
const student = (text: string) => ({
  schoolId: 1,
  id: newId(),
  givenName: text,
  middleName: null,
  familyName: `${text}\n"'\\`,
  preferredName: '[null]',
  sortName: text,
  searchText: text,
  email: null,
  number: null,
  numberOrder: null,
  birthDate: '2012-02-29',
  sex: 'female' as const,
  homeLanguage: null,
  previousSchool: text,
  medicalNote: null,
  photo: null,
  gradeLevel: '07',
  status: 'inactive' as const,
  isInternational: true,
  isCoop: false,
  programId: null,
  mergedIntoId: null,
  sourcedId: null,
  extra: { 'a key': 'é "quoted" \\u0041', other: '{}' },
  version: 3,
  archivedAt: new Date('2026-11-20T09:00:00.123Z'),
  erasedAt: null,
})
const stored = async (id: string) => {
  const [row] = await db.select().from(students).where(eq(students.id, id))
  return row
}

test('rows inserted many at once are what was given, in every kind of column', async () => {
  const rows = ['Zoë', '李', '$1', 'a\tb', '👩‍🎓', ''].map(student)
  await db.transaction(1, (tx) => tx.insertAll([students, rows]))
  for (const row of rows) expect(await stored(row.id)).toEqual(row)
  const course = { schoolId: 1, id: newId(), title: 'T', credits: '12.50', extra: {}, version: 1 }
  await db.transaction(1, (tx) => tx.insertAll([courses, [course]]))
  const [credits] = await db.select({ credits: courses.credits }).from(courses).where(eq(courses.id, course.id))
  expect(credits).toEqual({ credits: '12.50' })
})

test('rows packed before a transaction are what was given, in the school that it names', async () => {
  const rows = ['Zoë', '李', '$1', 'a\tb', '👩‍🎓', ''].map(student)
  const packed = db.pack(students, rows)
  await db.transaction(2, (tx) => tx.insertPacked(2, students, packed))
  for (const row of rows) expect(await stored(row.id)).toEqual({ ...row, schoolId: 2 })
  const [first] = rows
  const changed = db.pack(students, [{ ...first, givenName: 'changed', isInternational: false, extra: {} }])
  await db.transaction(2, (tx) => tx.replacePacked(2, students, changed))
  expect(await stored(first?.id ?? '')).toMatchObject({ schoolId: 2, givenName: 'changed', isInternational: false })
  expect(() => db.pack(students, [student('nul\0')])).toThrow('storable text')
})

test('rows that take the place of others do so in their own school only', async () => {
  const [one, other] = [student('one'), { ...student('one'), schoolId: 2 }]
  const twin = { ...other, id: one.id }
  await db.transaction([1, 2], (tx) => tx.insertAll([students, [one, twin]]))
  const changed = { ...one, givenName: 'changed', archivedAt: null, extra: {}, version: 4 }
  await db.transaction(1, (tx) => tx.replaceAll(students, [changed]))
  const rows = await db.select().from(students).where(eq(students.id, one.id)).orderBy(students.schoolId)
  expect(rows).toEqual([changed, twin])
})

test('what a constraint refuses is named as ever, and nothing of it stays', async () => {
  const room = (name: string) => ({ schoolId: 1, id: newId(), name, extra: {}, version: 1, archivedAt: null })
  const taken = [room('B12'), room('B13'), room('B12')]
  await expect(db.transaction(1, (tx) => tx.insertAll([rooms, taken]))).rejects.toMatchObject({
    constraint: 'rooms_name_uq',
  })
  const lost = { ...student('lost'), programId: newId() }
  await expect(db.transaction(1, (tx) => tx.insertAll([students, [lost]]))).rejects.toMatchObject({
    constraint: 'students_program_fk',
  })
  await expect(db.transaction(1, (tx) => tx.insertAll([students, [student('nul\0')]]))).rejects.toThrow('storable text')
  expect(await db.$count(rooms, and(eq(rooms.schoolId, 1), eq(rooms.name, 'B13')))).toBe(0)
  await db.transaction(1, (tx) => tx.insertAll([rooms, []]))
})
