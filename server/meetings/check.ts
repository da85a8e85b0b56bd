import type { Reader } from '../../db/database.ts'
import { classes } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { findRow } from '../records/kind.ts'
import { findConflicts } from './conflicts.ts'
import type { ConflictsInput, Slot } from './input.ts'
import { withPeriods } from './kept-periods.ts'
import type { Plan } from './plan.ts'
import { planMeetings } from './plan.ts'
import { changeDays, meetingsOf, requireClass, termDays } from './read.ts'
import { tooSmallRooms } from './room-seats.ts'
import { readSchoolDays } from './school-days.ts'

async function inTheirRooms(db: Reader, { school }: Context, classId: string, meetings: readonly Slot[]) {
  const ofClass = await findRow(db, { table: classes }, school.id, classId)
  return meetings.map((slot) => ({ ...slot, roomId: slot.roomId ?? ofClass?.roomId ?? null }))
}

/** A conflict `stands` when its meeting is as it was, or only the room differs and it is about people: saving does not ask again. */
export async function checkMeetings(ctx: Context, input: ConflictsInput) {
  const { db, school, now } = ctx
  const { classId } = input
  const [, rows, terms, of] = await Promise.all([
    requireClass(db, ctx, classId),
    meetingsOf(db, school.id, classId),
    termDays(db, school.id, classId),
    readSchoolDays(db, school.id, { beginDate: today(ctx), endDate: null }),
  ])
  const { earliest, ...days } = changeDays(ctx, of, rows, terms, input)
  const meetings = withPeriods(of, rows, input.meetings)
  const plan = planMeetings(rows, meetings, days, now)
  const conflicts = await conflictsIn(db, ctx, { classId, meetings, ...days }, plan)
  const seats = await tooSmallRooms(db, ctx, classId, await inTheirRooms(db, ctx, classId, meetings))
  return { ...days, earliest, conflicts, seats }
}

interface Wanted extends Pick<ConflictsInput, 'classId'> {
  meetings: readonly Slot[]
  from: string
  to: string | null
}
export async function conflictsIn(db: Reader, ctx: Context, wanted: Wanted, { kept, timed }: Plan) {
  const { classId } = wanted
  const meetings = await inTheirRooms(db, ctx, classId, wanted.meetings)
  const found = await findConflicts(db, { schoolId: ctx.school.id, ...wanted, meetings })
  return found.map((conflict) => {
    const { kind, place } = conflict
    return { ...conflict, stands: kept.has(place) || (kind !== 'room' && timed.has(place)) }
  })
}
