import { eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import { addDays, weekBegin } from '../calendar.ts'
import type { Context, School } from '../context.ts'
import { DomainError } from '../errors.ts'
import { nextStudentNumber } from './student-numbers.ts'

/** The numbers of the days, 1 is Monday. */
export const daysIn = (weekdays: string): number[] => [...weekdays].map(Number)

/** The day on which the school's week begins: the one after most closed days. Of several it is the first from Monday on. */
export function firstWeekday(open: readonly number[]): number {
  const closedBefore = (day: number) => {
    const days = Array.from({ length: 6 }, (_, n) => ((day + 5 - n) % 7) + 1)
    return days.findIndex((one) => open.includes(one))
  }
  const sorted = open.toSorted()
  return sorted.reduce((best, day) => (closedBefore(day) > closedBefore(best) ? day : best), sorted[0] ?? 1)
}

export const weekOf = ({ weekdays }: Pick<School, 'weekdays'>, day: string): { beginDate: string; endDate: string } => {
  const beginDate = weekBegin(day, firstWeekday(daysIn(weekdays ?? '1')))
  return { beginDate, endDate: addDays(beginDate, 6) }
}

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
  return new Map(
    rows.map(({ id, weekdays, ...usual }) => {
      const days = daysIn(weekdays)
      return [id, { ...usual, weekdays: days, firstWeekday: firstWeekday(days) }]
    }),
  )
}

export async function readSchool(db: Reader, ctx: Context) {
  const [row] = await db.select().from(schools).where(eq(schools.id, ctx.school.id))
  if (!row) throw new DomainError('school.not_found')
  const { id: _, studentNumberLast: __, studentNumbersGiven: ___, weekdays, ...others } = row
  const { source: ____, sourcedId: _____, extra: ______, ...settings } = others
  return { ...settings, weekdays: daysIn(weekdays), nextStudentNumber: await nextStudentNumber(db, ctx, row) }
}
