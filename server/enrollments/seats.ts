import type { SQL, SQLWrapper } from 'drizzle-orm'
import { and, asc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classes, classTerms, enrollments, students } from '../../db/schema/index.ts'
import { firstFreeDay, today } from '../calendar.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { changeInUse } from '../records/in-use.ts'
import { rowsWhere } from '../records/kind.ts'
import { changeRows } from '../records/write.ts'
import type { EnrollmentRow, Leaving } from './core.ts'
import { enrollmentCore, leaving } from './core.ts'

/** `day` is 'YYYY-MM-DD' on the school's calendar. */
const holding = (day: unknown) =>
  and(
    // SQLite uses the partial index only for a literal.
    sql`${enrollments.status} = 'enrolled'`,
    isNull(enrollments.archivedAt),
    or(isNull(enrollments.endDate), gte(enrollments.endDate, day as string)),
  )

export const isOpenOn = (day: string): SQL | undefined => or(holding(day), eq(enrollments.status, 'waitlisted'))

/** A student counts once, and until the end of her last day. */
export const takenSeats = (
  db: Reader,
  schoolId: number | SQLWrapper,
  classId: string | SQLWrapper,
  day: unknown = sql.placeholder('today'),
): SQL<number> => {
  const counted = db
    .select({ seats: sql`count(distinct ${enrollments.studentId})` })
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, schoolId), eq(enrollments.classId, classId), holding(day)))
  return sql<number>`(${counted})`.mapWith(Number)
}

/** An archived student waits without getting a seat. */
const isWaitingIn = (schoolId: number | SQLWrapper, classId: string | SQLWrapper) =>
  inUse(
    enrollments,
    schoolId,
    eq(enrollments.classId, classId),
    eq(enrollments.status, 'waitlisted'),
    isNull(students.archivedAt),
  )

export const waitingStudents = (
  db: Reader,
  schoolId: number | SQLWrapper,
  classId: string | SQLWrapper,
): SQL<number> => {
  const counted = db
    .select({ waiting: sql`count(*)` })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(isWaitingIn(schoolId, classId))
  return sql<number>`(${counted})`.mapWith(Number)
}

export interface Seating {
  /** A null is no limit. */
  capacity: number | null
  taken: number
  waitlisted: number
  archivedAt: Date | null
}

export async function seatingsOf(tx: Reader, ctx: Context, classIds: Iterable<string>): Promise<Map<string, Seating>> {
  const seatings = new Map<string, Seating>()
  for (const batch of inBatches(classIds)) {
    const found = await tx
      .select({
        id: classes.id,
        capacity: classes.capacity,
        archivedAt: classes.archivedAt,
        taken: takenSeats(tx, classes.schoolId, classes.id, today(ctx)),
        waitlisted: waitingStudents(tx, classes.schoolId, classes.id),
      })
      .from(classes)
      .where(and(eq(classes.schoolId, ctx.school.id), inArray(classes.id, batch)))
    for (const { id, ...seating } of found) seatings.set(id, seating)
  }
  return seatings
}

export async function seatingOf(tx: Reader, ctx: Context, classId: string): Promise<Seating> {
  const seating = (await seatingsOf(tx, ctx, [classId])).get(classId)
  if (!seating) throw new DomainError('class.not_found')
  return seating
}

export const freeSeats = ({ capacity, taken }: Pick<Seating, 'capacity' | 'taken'>): number =>
  capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - taken)

export const fullClass = ({ capacity, taken, waitlisted }: Seating) =>
  new DomainError('class.full', { taken, capacity, waitlisted })

/** Returns today, or the first day of a later class; undefined once all its terms are over. */
export async function firstDay(tx: Reader, ctx: Context, classId: string): Promise<string | undefined> {
  const day = today(ctx)
  const terms = await tx
    .select({ startDate: academicSessions.startDate, endDate: academicSessions.endDate })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, ctx.school.id, eq(classTerms.classId, classId)))
  if (!terms.length) return day
  if (terms.every(({ endDate }) => endDate < day)) return undefined
  const first = terms.map(({ startDate }) => startDate).toSorted()[0] ?? day
  return first > day ? first : day
}

export function rowsIn(
  tx: Reader,
  { school }: Pick<Context, 'school'>,
  classId: string,
  studentIds: readonly string[],
): Promise<EnrollmentRow[]> {
  const { archivedAt, studentId } = enrollments
  const inUse = and(eq(enrollments.classId, classId), inArray(studentId, [...studentIds]), isNull(archivedAt))
  return rowsWhere(tx, enrollmentCore, school.id, inUse)
}

/** An archived student keeps her position and is passed over. */
async function firstWaiting(tx: Reader, { school }: Context, classId: string, count: number): Promise<EnrollmentRow[]> {
  const rows = await tx
    .select({ row: enrollments })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(isWaitingIn(school.id, classId))
    .orderBy(asc(enrollments.waitlistPosition), asc(enrollments.id))
    .limit(count)
  return rows.map(({ row }) => row as EnrollmentRow)
}

/** She begins on `day`, or later if she asked for that or is in the class until then. */
async function promote(tx: Transaction, ctx: Context, row: EnrollmentRow, day: string): Promise<Change[]> {
  const others = (await rowsIn(tx, ctx, row.classId, [row.studentId])).filter(({ id }) => id !== row.id)
  const from = row.beginDate !== null && row.beginDate > day ? row.beginDate : day
  const seated = { status: 'enrolled', waitlistPosition: null, beginDate: firstFreeDay(others, from) } as const
  return changeRows(tx, enrollmentCore, [row], seated)
}

export async function settledSeats(
  tx: Transaction,
  ctx: MutationContext,
  classId: string,
): Promise<{ seating: Seating; promoted: Change[] }> {
  const seating = await seatingOf(tx, ctx, classId)
  const given = Math.min(seating.waitlisted, freeSeats(seating))
  const day = given > 0 && !seating.archivedAt ? await firstDay(tx, ctx, classId) : undefined
  if (!day) return { seating, promoted: [] }
  const promoted: Change[] = []
  for (const row of await firstWaiting(tx, ctx, classId, given)) promoted.push(...(await promote(tx, ctx, row, day)))
  return { seating: await seatingOf(tx, ctx, classId), promoted }
}

/** Writes that could free a seat call this, and writes that take one call it first: a last day passes without a write. */
export const promoteWaiting = async (tx: Transaction, ctx: MutationContext, classId: string): Promise<Change[]> =>
  (await settledSeats(tx, ctx, classId)).promoted

export async function promoteWaitingIn(
  tx: Transaction,
  ctx: MutationContext,
  classIds: Iterable<string>,
): Promise<Change[]> {
  const promoted: Change[] = []
  for (const [id, seating] of await seatingsOf(tx, ctx, classIds))
    if (seating.waitlisted && freeSeats(seating)) promoted.push(...(await promoteWaiting(tx, ctx, id)))
  return promoted
}

/** Throws `class.full` after those who wait have got their seats. Returns the promotions. */
export async function claimSeat(tx: Transaction, ctx: MutationContext, classId: string): Promise<Change[]> {
  const { seating, promoted } = await settledSeats(tx, ctx, classId)
  if (freeSeats(seating) < 1) throw fullClass(seating)
  return promoted
}

export const endOpen = (
  tx: Transaction,
  ctx: MutationContext,
  condition: SQL | undefined,
  withdrawalReason: Leaving['withdrawalReason'],
): Promise<Change[]> =>
  changeInUse(tx, enrollmentCore, ctx.school.id, and(condition, isOpenOn(today(ctx))), (row) =>
    leaving(row, ctx, { withdrawalReason, endDate: today(ctx) }),
  )
