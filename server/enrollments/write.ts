import type { Transaction } from '../../db/database.ts'
import { classes, students } from '../../db/schema/index.ts'
import { overlap, today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change, Did } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { findRow } from '../records/kind.ts'
import { seenRecord } from '../records/write.ts'
import type { EnrollmentFields, EnrollmentRow, Leaving } from './core.ts'
import { enrollmentCore, hasSat, holdsSeat, leaving } from './core.ts'
import { readEnrollment } from './read.ts'
import { claimSeat, promoteWaiting, rowsIn } from './seats.ts'

export const enrollmentWrite = (
  ctx: MutationContext,
  did: Did,
  { id, version }: SeenVersion,
  write: (tx: Transaction, before: EnrollmentRow) => Promise<Change[]>,
) =>
  mutate(
    ctx,
    did,
    async (tx) => {
      const before = await seenRecord(tx, enrollmentCore, ctx, { id, version })
      if (before.archivedAt) throw new DomainError('enrollment.not_found')
      return [...(await write(tx, before)), ...(await promoteWaiting(tx, ctx, before.classId))]
    },
    (tx, changed) => readEnrollment(tx, ctx, id, changed),
  )

/** A note must not bring back what was erased. */
export async function requireKnownStudent(tx: Transaction, { school }: MutationContext, row: EnrollmentRow) {
  const student = await findRow(tx, { table: students }, school.id, row.studentId)
  if (student?.erasedAt) throw new DomainError('record.erased')
}

const daysOverlap = (others: readonly EnrollmentRow[], row: EnrollmentRow): boolean =>
  others.some((other) => overlap(other, row))

const othersOf = async (tx: Transaction, ctx: MutationContext, { id, classId, studentId }: EnrollmentRow) =>
  (await rowsIn(tx, ctx, classId, [studentId])).filter((row) => row.id !== id)

/** The planned last day counts if it is before today. */
export async function lastDay(
  tx: Transaction,
  ctx: MutationContext,
  before: EnrollmentRow,
  chosen: string | undefined,
): Promise<string> {
  const { endDate: planned } = before
  const day = today(ctx)
  const endDate = chosen ?? (planned !== null && planned < day ? planned : day)
  if (endDate > day) throw new DomainError('enrollment.end_ahead')
  return requireLastDay(tx, ctx, before, endDate)
}

/** Throws where it lies before the first day, or in other days of hers in the class. */
async function requireLastDay(
  tx: Transaction,
  ctx: MutationContext,
  before: EnrollmentRow,
  endDate: string,
): Promise<string> {
  const { beginDate, endDate: planned } = before
  if (beginDate !== null && beginDate > endDate) throw new DomainError('enrollment.dates_order')
  const isLonger = planned !== null && endDate > planned
  if (isLonger && daysOverlap(await othersOf(tx, ctx, before), { ...before, endDate }))
    throw new DomainError('enrollment.overlaps')
  return endDate
}

/** What leaving the class makes of the row. Until a last day to come, the student holds her seat. */
export async function leavingOn(
  tx: Transaction,
  ctx: MutationContext,
  before: EnrollmentRow,
  { endDate: chosen, ...why }: Omit<Leaving, 'endDate'> & { endDate: string | undefined },
): Promise<EnrollmentFields> {
  const day = today(ctx)
  if (before.status === 'enrolled' && chosen !== undefined && chosen > day)
    return { ...why, endDate: await requireLastDay(tx, ctx, before, chosen) }
  const endDate = hasSat(before, day) ? await lastDay(tx, ctx, before, chosen) : day
  return leaving(before, ctx, { ...why, endDate })
}

async function requireCurrent(tx: Transaction, { school }: MutationContext, row: EnrollmentRow): Promise<void> {
  const student = await findRow(tx, { table: students }, school.id, row.studentId)
  const klass = await findRow(tx, { table: classes }, school.id, row.classId)
  if (student?.archivedAt || klass?.archivedAt) throw new DomainError('enrollment.archived')
}

export async function makeRoom(
  tx: Transaction,
  ctx: MutationContext,
  before: EnrollmentRow,
  after: EnrollmentRow,
): Promise<Change[]> {
  const others = await othersOf(tx, ctx, before)
  if (daysOverlap(others, after)) throw new DomainError('enrollment.overlaps')
  const day = today(ctx)
  if (!holdsSeat(after, day) || holdsSeat(before, day)) return []
  await requireCurrent(tx, ctx, before)
  if (others.some((row) => holdsSeat(row, day))) return []
  return claimSeat(tx, ctx, before.classId)
}
