/** Student numbers that are given out. The caller's transaction holds the school's lock, so no two people get the same. */
import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { schools, students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { writtenNumber } from './input.ts'

type Numbering = Pick<typeof schools.$inferSelect, 'studentNumberFrom' | 'studentNumberLast'>

const firstOf = ({ studentNumberFrom, studentNumberLast }: Numbering) =>
  Math.max(studentNumberFrom, studentNumberLast + 1)

/** Each of both has an index of its own. */
async function takenAmong(tx: Reader, schoolId: number, numbers: string[]): Promise<Set<string | null>> {
  const having = (archived: SQL) =>
    tx
      .select({ number: students.number })
      .from(students)
      .where(and(eq(students.schoolId, schoolId), inArray(students.number, numbers), archived))
  const rows = await having(isNull(students.archivedAt)).unionAll(having(isNotNull(students.archivedAt)))
  return new Set(rows.map(({ number }) => number))
}

/** Where a whole school has numbers already, each question is for more of them than the one before. */
const askedAtOnce = { first: 100, most: 3_000 } as const

/** The next `count` numbers that no student has, archived ones neither; those typed by hand are passed over. */
async function freeNumbers(tx: Reader, ctx: Context, pattern: string, first: number, count: number) {
  const year = today(ctx).slice(0, 4)
  const free: string[] = []
  let next = first
  let length = Math.max(count, askedAtOnce.first)
  while (free.length < count) {
    const from = next
    const numbers = Array.from({ length }, (_, n) => writtenNumber(pattern, from + n, year))
    length = Math.min(2 * length, askedAtOnce.most)
    const taken = await takenAmong(tx, ctx.school.id, numbers)
    for (const number of numbers) {
      if (free.length === count) break
      next += 1
      if (!taken.has(number)) free.push(number)
    }
  }
  return { free, last: next - 1 }
}

export async function nextStudentNumber(
  tx: Reader,
  ctx: Context,
  row: Numbering & { studentNumberPattern: string | null },
): Promise<string | null> {
  if (!row.studentNumberPattern) return null
  const { free } = await freeNumbers(tx, ctx, row.studentNumberPattern, firstOf(row), 1)
  return free[0] ?? null
}

export async function numbered<S extends { number?: string | null | undefined }>(
  tx: Transaction,
  ctx: Context,
  items: readonly S[],
): Promise<S[]> {
  const without = items.filter(({ number }) => !number).length
  if (!without || ctx.school.studentNumberPattern === null) return [...items]
  const [row] = await tx
    .select()
    .from(schools)
    .where(and(eq(schools.id, ctx.school.id), isNotNull(schools.studentNumberPattern)))
  if (!row?.studentNumberPattern) return [...items]
  const typed = new Set(items.map(({ number }) => number))
  const given: string[] = []
  let first = firstOf(row)
  while (given.length < without) {
    const { free, last } = await freeNumbers(tx, ctx, row.studentNumberPattern, first, without - given.length)
    given.push(...free.filter((number) => !typed.has(number)))
    first = last + 1
  }
  await tx
    .update(schools)
    .set({ studentNumberLast: sql`${first - 1}` })
    .where(eq(schools.id, ctx.school.id))
  return items.map((item) => (item.number ? item : { ...item, number: given.shift() }))
}
