import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { classes, instructors, journal, students } from '../../../db/schema/index.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { addRows } from '../../../server/records/write.ts'
import { studentKind } from '../../../server/students/kind.ts'
import { fillDeclared } from '../../setup/backfilled.ts'
import { db, writeInSchool } from '../../setup/people.ts'
import { api, makeClass, makeInstructor, makeStudent, school } from '../../setup/school.ts'

const refold = (isStopping?: () => boolean) => fillDeclared('folded_names', isStopping)

const stored = async () => ({
  students: await db
    .select({ id: students.id, sort: students.sortName, text: students.searchText, number: students.numberOrder })
    .from(students)
    .where(eq(students.schoolId, school.id))
    .orderBy(asc(students.id)),
  classes: await db
    .select({ id: classes.id, sort: classes.sortName, version: classes.version })
    .from(classes)
    .where(eq(classes.schoolId, school.id))
    .orderBy(asc(classes.id)),
})
const entries = async () =>
  (
    await db
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(journal)
      .where(eq(journal.schoolId, school.id))
  )[0]?.count

/** As the release before stored them. */
const foldAsBefore = () =>
  writeInSchool(school.id, async (tx) => {
    await tx
      .update(students)
      .set({ sortName: 'old', searchText: 'old', numberOrder: null })
      .where(eq(students.schoolId, school.id))
    await tx.update(classes).set({ sortName: 'group 10' }).where(eq(classes.schoolId, school.id))
    await tx.update(instructors).set({ searchText: 'o´brien' }).where(eq(instructors.schoolId, school.id))
    return []
  })

test('what the release before folded is folded anew, without an entry or a version, and only once', async () => {
  await makeStudent({ familyName: 'O´Brien', number: 'S-10' })
  await makeClass(null, { title: 'Group 10' })
  await makeInstructor({ familyName: 'Kaʻahumanu' })
  const [before, told] = [await stored(), await entries()]
  await foldAsBefore()
  expect((await api().instructors.list({})).length).toBe(1)
  expect(await refold()).toBe(3)
  expect(await stored()).toEqual(before)
  expect(await entries()).toBe(told)
  expect(await refold()).toBe(0)
  expect(await verifyJournals(db, school.slug)).toMatchObject([{ broken: null }])
})

test('it goes on where it was stopped, and takes what somebody writes meanwhile', async () => {
  await writeInSchool(school.id, (tx) =>
    addRows(
      tx,
      studentKind,
      school.id,
      Array.from({ length: 1200 }, (_, index) => ({ givenName: 'Sam', familyName: `Fold ${index}` })),
    ),
  )
  await foldAsBefore()
  let looks = 0
  expect(await refold(() => ++looks > 2)).toBeLessThan(1200)
  const { rows } = await api().students.list({ search: 'old', limit: 1 })
  const [one] = rows
  if (!one) throw new Error('nothing is left to fold')
  await api().students.update({ id: one.id, version: one.version, familyName: 'Meanwhile' })
  expect(await refold()).toBeGreaterThan(0)
  const left = await db
    .select({ id: students.id })
    .from(students)
    .where(and(eq(students.schoolId, school.id), inArray(students.searchText, ['old'])))
  expect(left).toEqual([])
  expect((await api().students.list({ search: 'meanwhile' })).rows).toHaveLength(1)
})
