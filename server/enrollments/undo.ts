import type { enrollments } from '../../db/schema/index.ts'
import { classes, students } from '../../db/schema/index.ts'
import { overlap, today } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { findRow } from '../records/kind.ts'
import type { Pair, Undoing } from '../records/undoing.ts'
import type { EnrollmentRow } from './core.ts'
import { enrollmentCore, holdsSeat, isWaiting } from './core.ts'
import { fullClass, rowsIn, seatingOf } from './seats.ts'

/** The student's other rows in the class must not overlap the days that come back. */
export async function requireFreeDays({ tx, ctx, pairs, isReverted }: Undoing): Promise<Change[]> {
  for (const { after } of pairs(enrollmentCore)) {
    if (after.archivedAt) continue
    const rows = await rowsIn(tx, ctx, after.classId, [after.studentId])
    const others = rows.filter(({ id }) => !isReverted(id))
    if (others.some((other) => overlap(other, after))) throw new DomainError('enrollment.overlaps')
  }
  return []
}

async function requireSeatsIn({ tx, ctx }: Undoing, classId: string, mayLower: boolean): Promise<void> {
  const seating = await seatingOf(tx, ctx, classId)
  if (seating.capacity === null || seating.taken <= seating.capacity) return
  throw mayLower ? new DomainError('class.capacity_below', seating) : fullClass(seating)
}

/** An undo must not bring a student into a class when either was archived since. */
async function requireCurrent(
  { tx, ctx, newer }: Undoing,
  seats: readonly Pair<typeof enrollments>[],
  day: string,
): Promise<void> {
  const isOpen = (row: EnrollmentRow) => holdsSeat(row, day) || isWaiting(row)
  const isArchivedSince = async (entity: 'student' | 'class', id: string) => {
    const row = await findRow(tx, { table: entity === 'student' ? students : classes }, ctx.school.id, id)
    return Boolean(row?.archivedAt) && (await newer(entity, [id])).size > 0
  }
  for (const { before, after } of seats) {
    if (!isOpen(after) || (isOpen(before) && before.studentId === after.studentId)) continue
    if ((await isArchivedSince('student', after.studentId)) || (await isArchivedSince('class', after.classId)))
      throw new DomainError('enrollment.archived')
  }
}

export async function requireSeats(undoing: Undoing): Promise<Change[]> {
  const day = today(undoing.ctx)
  const seats = undoing.pairs(enrollmentCore)
  await requireCurrent(undoing, seats, day)
  const lowered = undoing
    .pairs({ entity: 'class', table: classes })
    .filter(({ before, after }) => before.capacity !== after.capacity)
  for (const { after } of lowered) await requireSeatsIn(undoing, after.id, true)
  const gained = seats.filter(({ before, after }) => holdsSeat(after, day) && !holdsSeat(before, day))
  for (const classId of new Set(gained.map(({ after }) => after.classId))) await requireSeatsIn(undoing, classId, false)
  return []
}
