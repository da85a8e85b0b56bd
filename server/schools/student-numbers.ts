/** Student numbers that are given out. The caller's transaction holds the school's lock, so no two people get the same. */
import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { schools, students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { givenSoFar, notGiven, placeIn, withGiven } from './given-numbers.ts'

type Numbering = Pick<
  typeof schools.$inferSelect,
  'studentNumberPattern' | 'studentNumberFrom' | 'studentNumberLast' | 'studentNumbersGiven'
>

const firstOf = ({ studentNumberFrom, studentNumberLast }: Numbering) =>
  Math.max(studentNumberFrom, studentNumberLast + 1)

const yearOf = (ctx: Context) => today(ctx).slice(0, 4)

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

/** The next `count` numbers that were never given and no student has, archived ones neither; those typed by hand are passed over. */
async function freeNumbers(tx: Reader, ctx: Context, numbers: ReturnType<typeof notGiven>, count: number) {
  const free: { place: number; number: string }[] = []
  let length = Math.max(count, askedAtOnce.first)
  while (free.length < count) {
    const asked = Array.from({ length }, () => numbers.next().value).filter((one) => !!one)
    length = Math.min(2 * length, askedAtOnce.most)
    const taken = await takenAmong(
      tx,
      ctx.school.id,
      asked.map(({ number }) => number),
    )
    free.push(...asked.filter(({ number }) => !taken.has(number)))
  }
  return free.slice(0, count)
}

/** The pattern with this year in it, and its numbers. */
function numbersOf(ctx: Context, row: Numbering & { studentNumberPattern: string }) {
  const year = yearOf(ctx)
  const pattern = row.studentNumberPattern.replaceAll('{year}', year).replaceAll('{yy}', year.slice(2))
  const given = givenSoFar(row)
  return { pattern, given, numbers: (first: number) => notGiven(pattern, given, first) }
}

const hasPattern = <R extends Numbering>(row: R | undefined): row is R & { studentNumberPattern: string } =>
  !!row?.studentNumberPattern

export async function nextStudentNumber(tx: Reader, ctx: Context, row: Numbering): Promise<string | null> {
  if (!hasPattern(row)) return null
  const [free] = await freeNumbers(tx, ctx, numbersOf(ctx, row).numbers(firstOf(row)), 1)
  return free?.number ?? null
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
  if (!hasPattern(row)) return [...items]
  const typed = new Set(items.map(({ number }) => number))
  const { pattern, given, numbers } = numbersOf(ctx, row)
  const first = firstOf(row)
  const free = await freeNumbers(tx, ctx, numbers(first), without + typed.size)
  const taken = free.filter(({ number }) => !typed.has(number)).slice(0, without)
  const last = taken.at(-1)?.place ?? first
  await tx
    .update(schools)
    .set({ studentNumberLast: last, studentNumbersGiven: withGiven(given, { pattern, from: first, to: last }) })
    .where(eq(schools.id, ctx.school.id))
  const next = taken.map(({ number }) => number)
  return items.map((item) => (item.number ? item : { ...item, number: next.shift() }))
}

/** Of students who are erased: a number that was typed, and that the pattern comes to later. */
export async function keepErased(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<void> {
  const [row] = await tx.select().from(schools).where(eq(schools.id, ctx.school.id))
  if (!hasPattern(row)) return
  const rows = await tx
    .select({ number: students.number })
    .from(students)
    .where(and(eq(students.schoolId, ctx.school.id), inArray(students.id, [...ids])))
  const { pattern, given } = numbersOf(ctx, row)
  const places = rows.flatMap(({ number }) => (number ? (placeIn(pattern, number) ?? []) : []))
  if (!places.length) return
  const kept = places.reduce((all, at) => withGiven(all, { pattern, from: at, to: at }), given)
  await tx.update(schools).set({ studentNumbersGiven: kept }).where(eq(schools.id, ctx.school.id))
}
