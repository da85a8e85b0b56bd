import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { classes } from '../../../db/schema/index.ts'
import { enrollments, importCounts, schools, students } from '../../../db/schema/index.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { enrollmentsFile, importFiles, usersFile } from '../oneroster/bundle.ts'
import type { Office } from './brought.ts'
import { bringIn, bundleOf, office } from './brought.ts'

const inUse = (table: typeof students | typeof classes | typeof enrollments, schoolId: number) =>
  db
    .select()
    .from(table as typeof students)
    .where(and(eq((table as typeof students).schoolId, schoolId), isNull((table as typeof students).archivedAt)))
const newest = async (who: Office) => (await who.ask().list()).past[0]?.operationId ?? ''

test('an import is taken back as one operation: what it added is archived, what it changed is as before', async () => {
  const who = await office('Undo School')
  await bringIn(who, bundleOf('Undo School', 'undo'))
  const second = bundleOf('Undo School', 'undo', {
    'users.csv': usersFile(
      's1,,,undo,student,Renamed,Abara,100,,9',
      's2,,,undo,student,Bo,New,,,',
      't1,,,undo,teacher,Lee,Park,,,',
    ),
    'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,false,2026-08-31,2027-01-29', 'e3,,c1,s2,student,false,,'),
  })
  await bringIn(who, second)
  const operationId = await newest(who)
  expect(await who.ask().previewUndo({ operationId })).toMatchObject({ changed: { total: 0 }, used: { total: 0 } })
  const { changed } = await who.ask().undo({ operationId })
  expect(changed).toBeGreaterThan(2)
  expect(await inUse(students, who.school.id)).toMatchObject([{ givenName: 'Amara', number: '100' }])
  const { past } = await who.ask().list()
  expect(past.map(({ isUndone }) => isUndone)).toEqual([true, false])
  await expect(who.ask().undo({ operationId })).rejects.toThrow('import.undone')
  // The next bundle is not measured by one that was a mistake.
  expect(await db.select().from(importCounts).where(eq(importCounts.schoolId, who.school.id))).toEqual([])
  // A mended bundle brings everything back.
  await bringIn(who, second)
  expect(await inUse(students, who.school.id)).toHaveLength(2)
})

test('what somebody changed since stays with what it needs, and both are said before', async () => {
  const who = await office('Changed Since')
  await bringIn(who, bundleOf('Changed Since', 'since'))
  const operationId = await newest(who)
  const [student] = await inUse(students, who.school.id)
  await as(who.person).students.update({ id: student?.id ?? '', version: student?.version ?? 0, preferredName: 'Ama' })
  const made = await as(who.person).students.create({ givenName: 'By', familyName: 'Hand' })
  const [one] = await as(who.person)
    .classes.list({})
    .then(({ rows }) => rows)
  await as(who.person).classes.enroll({ classId: one?.id ?? '', studentIds: [made.id] })
  const preview = await who.ask().previewUndo({ operationId })
  expect(preview).toMatchObject({
    hasSchool: true,
    changed: { total: 1, first: [{ entity: 'student', name: 'Amara Abara' }] },
  })
  // The class has a student of staff's own, so it stays, and its course, term and room do.
  expect(preview.used.first.map(({ entity }) => entity).sort()).toEqual(
    expect.arrayContaining(['academicSession', 'class', 'course', 'room']),
  )
  await who.ask().undo({ operationId })
  expect((await inUse(students, who.school.id)).map(({ givenName }) => givenName).sort()).toEqual(['Amara', 'By'])
  expect(
    (await inUse(enrollments, who.school.id)).map((row) => (row as unknown as { studentId: string }).studentId),
  ).toEqual([made.id])
  const [school] = await db.select().from(schools).where(eq(schools.id, who.school.id))
  expect(school).toMatchObject({ sourcedId: 'since', archivedAt: null })
})

test('an import of the night is taken back by the office, but not by whoever may not import', async () => {
  const who = await office('Night School')
  await importFiles(bundleOf('Night School', 'night'))
  const operationId = await newest(who)
  expect((await who.ask().list()).past).toMatchObject([{ by: null }])
  const viewer = await makePerson(who.school, 'viewer')
  await expect(as(viewer).imports.undo({ operationId })).rejects.toThrow('permission.missing')
  await expect(as(who.person).journal.undo({ operationId })).rejects.toThrow('undo.import')
  await who.ask().undo({ operationId })
  expect(await inUse(students, who.school.id)).toEqual([])
})
