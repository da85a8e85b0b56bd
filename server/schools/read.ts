import { eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { nextStudentNumber } from './student-numbers.ts'

/** The numbers of the days, 1 is Monday. */
export const daysIn = (weekdays: string): number[] => [...weekdays].map(Number)

export async function usualsOf(db: Reader, ids: readonly number[]) {
  const rows = await db
    .select({
      id: schools.id,
      weekdays: schools.weekdays,
      gradeLevels: schools.gradeLevels,
      yearBegins: schools.yearBegins,
      yearEnds: schools.yearEnds,
      usualTerms: schools.usualTerms,
    })
    .from(schools)
    .where(inArray(schools.id, [...ids]))
  return new Map(rows.map(({ id, weekdays, ...usual }) => [id, { ...usual, weekdays: daysIn(weekdays) }]))
}

export async function readSchool(db: Reader, ctx: Context) {
  const [row] = await db.select().from(schools).where(eq(schools.id, ctx.school.id))
  if (!row) throw new DomainError('school.not_found')
  const { id: _, studentNumberLast: __, studentNumbersGiven: ___, weekdays, ...others } = row
  const { source: ____, sourcedId: _____, extra: ______, ...settings } = others
  return { ...settings, weekdays: daysIn(weekdays), nextStudentNumber: await nextStudentNumber(db, ctx, row) }
}
