import type { Transaction } from '../../db/database.ts'
import type { classes, classTerms } from '../../db/schema/index.ts'
import { classKind } from '../classes/kind.ts'
import type { MutationContext } from '../context.ts'
import { today } from '../context.ts'
import type { EnrollmentRow } from '../enrollments/kind.ts'
import { enrollmentKind, holdsSeat, isWaiting } from '../enrollments/kind.ts'
import { fullClass, promoteWaiting, rowsIn, seatingOf } from '../enrollments/seats.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { overlap } from '../ranges.ts'
import { freeDay } from '../records/free-day.ts'
import type { RowOf } from '../records/kind.ts'
import { findRow } from '../records/kind.ts'
import { studentKind } from '../students/kind.ts'
import type { Pair, Reverted } from './reverts.ts'
import { forThoseBack, pairsOf } from './reverts.ts'
import { newerThan } from './standing.ts'

/** Her other rows in the class leave this one its days. */
async function makeRoom(tx: Transaction, ctx: MutationContext, row: EnrollmentRow, isReverted: Set<string>) {
  const others = (await rowsIn(tx, ctx, row.classId, [row.studentId])).filter(({ id }) => !isReverted.has(id))
  if (others.some((other) => !other.archivedAt && overlap(other, row))) throw new DomainError('enrollment.overlaps')
  return freeDay(tx, enrollmentKind, others, row.beginDate)
}

/** The changes that let the enrollments come back. */
export const makeRoomForSeats = (
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
): Promise<Change[]> =>
  forThoseBack<EnrollmentRow>(reverts, 'enrollment', (row, isReverted) => makeRoom(tx, ctx, row, isReverted))

async function requireSeats(tx: Transaction, ctx: MutationContext, classId: string, mayLower: boolean): Promise<void> {
  const seating = await seatingOf(tx, ctx, classId)
  if (seating.capacity === null || seating.taken <= seating.capacity) return
  throw mayLower ? new DomainError('class.capacity_below', seating) : fullClass(seating)
}

/** Nobody is back in a class, or back in line, after she or the class was archived. Who was so all the while may be. */
async function requireCurrent(
  tx: Transaction,
  ctx: MutationContext,
  seats: readonly Pair<EnrollmentRow>[],
  { last, day }: { last: number; day: string },
): Promise<void> {
  const isOpen = (row: EnrollmentRow) => holdsSeat(row, day) || isWaiting(row)
  const isArchivedSince = async (kind: typeof studentKind | typeof classKind, id: string) => {
    const row = await findRow(tx, kind as typeof studentKind, ctx.school.id, id)
    return Boolean(row?.archivedAt) && (await newerThan(tx, ctx, last, kind.entity, [id])).size > 0
  }
  for (const { before, after } of seats) {
    if (!isOpen(after) || (isOpen(before) && before.studentId === after.studentId)) continue
    if ((await isArchivedSince(studentKind, after.studentId)) || (await isArchivedSince(classKind, after.classId)))
      throw new DomainError('enrollment.archived')
  }
}

/** Everybody who is back in a class has a seat there; then free seats go to those who wait. */
export async function settleSeats(
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  last: number,
): Promise<Change[]> {
  const day = today(ctx)
  const seats = pairsOf<EnrollmentRow>(reverts, 'enrollment')
  const changed = pairsOf<RowOf<typeof classes>>(reverts, 'class')
  const terms = pairsOf<RowOf<typeof classTerms>>(reverts, 'classTerm')
  await requireCurrent(tx, ctx, seats, { last, day })
  const gained = seats.filter(({ before, after }) => holdsSeat(after, day) && !holdsSeat(before, day))
  const lowered = changed.filter(({ before, after }) => before.capacity !== after.capacity)
  for (const { after } of lowered) await requireSeats(tx, ctx, after.id, true)
  for (const classId of new Set(gained.map(({ after }) => after.classId))) await requireSeats(tx, ctx, classId, false)
  const touched = new Set([
    ...[...seats, ...terms].map(({ after }) => after.classId),
    ...changed.map(({ after }) => after.id),
  ])
  const promoted: Change[] = []
  for (const classId of touched) promoted.push(...(await promoteWaiting(tx, ctx, classId)))
  return promoted
}
