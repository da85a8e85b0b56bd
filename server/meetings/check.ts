import type { Reader } from '../../db/database.ts'
import type { Context } from '../context.ts'
import { findConflicts } from './conflicts.ts'
import type { ConflictsInput } from './input.ts'
import { planMeetings } from './plan.ts'
import { changeDays, meetingsOf, requireClass, termDays } from './read.ts'
import { tooSmallRooms } from './room-seats.ts'

/** A conflict `stands` when its meeting is as it was before: saving does not ask about it again. */
export async function checkMeetings(ctx: Context, input: ConflictsInput) {
  const { db, school, now } = ctx
  const { classId, meetings } = input
  const [, rows, terms, seats] = await Promise.all([
    requireClass(db, ctx, classId),
    meetingsOf(db, school.id, classId),
    termDays(db, school.id, classId),
    tooSmallRooms(db, ctx, classId, meetings),
  ])
  const { earliest, ...days } = changeDays(ctx, rows, terms, input)
  const { kept } = planMeetings(rows, meetings, days, now)
  const conflicts = await conflictsIn(db, ctx, { classId, meetings, ...days }, kept)
  return { ...days, earliest, conflicts, seats }
}

interface Wanted extends Pick<ConflictsInput, 'classId' | 'meetings'> {
  from: string
  to: string | null
}
export async function conflictsIn(db: Reader, { school }: Context, wanted: Wanted, kept: ReadonlySet<number>) {
  const found = await findConflicts(db, { schoolId: school.id, ...wanted })
  return found.map((conflict) => ({ ...conflict, stands: kept.has(conflict.place) }))
}
