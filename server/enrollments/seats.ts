import type { SQL, SQLWrapper } from 'drizzle-orm'
import { and, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { classes, enrollments } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { changeInUse } from '../records/in-use.ts'
import { rowsWhere } from '../records/kind.ts'
import type { EnrollmentRow, Leaving } from './core.ts'
import { enrollmentCore, leaving } from './core.ts'
import type { Moment } from './waiting.ts'
import { promoteFirst, waitingStudents } from './waiting.ts'

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

/** The same of all classes of the school at once. */
export const takenByClass = (db: Reader) =>
  db
    .select({
      classId: enrollments.classId,
      seats: sql<number>`count(distinct ${enrollments.studentId})`.mapWith(Number).as('seats'),
    })
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, sql.placeholder('schoolId')), holding(sql.placeholder('today'))))
    .groupBy(enrollments.classId)
    .as('taken_by_class')

export interface Seating {
  capacity: number | null
  taken: number
  waitlisted: number
  archivedAt: Date | null
}

export async function seatingsOf(tx: Reader, ctx: Moment, classIds: Iterable<string>): Promise<Map<string, Seating>> {
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

export async function seatingOf(tx: Reader, ctx: Moment, classId: string): Promise<Seating> {
  const seating = (await seatingsOf(tx, ctx, [classId])).get(classId)
  if (!seating) throw new DomainError('class.not_found')
  return seating
}

export const freeSeats = ({ capacity, taken }: Pick<Seating, 'capacity' | 'taken'>): number =>
  capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - taken)

export const fullClass = ({ capacity, taken, waitlisted }: Seating) =>
  new DomainError('class.full', { taken, capacity, waitlisted })

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

const seatsToGive = (seatings: ReadonlyMap<string, Seating>): [string, number][] =>
  [...seatings].flatMap(([id, seating]) => {
    const given = seating.archivedAt ? 0 : Math.min(seating.waitlisted, freeSeats(seating))
    return given > 0 ? [[id, given]] : []
  })

/** Writes that could free a seat call this, and writes that take one call it first: a last day passes without a write. */
export const promoteWaitingIn = async (tx: Transaction, ctx: Moment, classIds: Iterable<string>) =>
  promoteFirst(tx, ctx, seatsToGive(await seatingsOf(tx, ctx, classIds)))

export const promoteWaiting = (tx: Transaction, ctx: Moment, classId: string): Promise<Change[]> =>
  promoteWaitingIn(tx, ctx, [classId])

export async function settledSeats(
  tx: Transaction,
  ctx: Moment,
  classId: string,
): Promise<{ seating: Seating; promoted: Change[] }> {
  const seating = await seatingOf(tx, ctx, classId)
  const promoted = await promoteFirst(tx, ctx, seatsToGive(new Map([[classId, seating]])))
  return { seating: promoted.length ? await seatingOf(tx, ctx, classId) : seating, promoted }
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
