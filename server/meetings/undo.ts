import { meetings } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { clockTime, dayAfter, dayBefore, shared, today, without } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { Pair, Undoing } from '../records/undoing.ts'
import { bothHeld, heldIn } from './held-on.ts'
import type { MeetingRow } from './plan.ts'
import { meetingsOf } from './read.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

const daysOf = ({ validFrom, validTo }: MeetingRow): DayRange => ({ beginDate: validFrom, endDate: validTo })
const isAtSameTime = (a: MeetingRow, b: MeetingRow) =>
  a.weekday === b.weekday &&
  a.cycleDay === b.cycleDay &&
  a.periodId === b.periodId &&
  a.startTime === b.startTime &&
  a.endTime === b.endTime

const heldOnlyBy = (one: MeetingRow, other: MeetingRow): DayRange[] => {
  if (one.archivedAt) return []
  return other.archivedAt || !isAtSameTime(one, other) ? [daysOf(one)] : without(daysOf(one), daysOf(other))
}

/** The time of day decides whether the first and the last day count. */
function daysBetween({ school }: MutationContext, since: Date, until: Date, time: string): DayRange | undefined {
  const [first, last] = [since, until].map((now) => ({
    day: today({ school, now }),
    clock: clockTime({ school, now }),
  })) as [Moment, Moment]
  const beginDate = first.clock < time ? first.day : dayAfter(first.day)
  const endDate = last.clock < time ? dayBefore(last.day) : last.day
  return beginDate <= endDate ? { beginDate, endDate } : undefined
}
interface Moment {
  day: string
  clock: string
}

/** Throws `meeting.already_held` when the class has met since because of the operation. */
function requireNotHeld(
  ctx: MutationContext,
  of: SchoolDays,
  { before, after }: Pair<typeof meetings>,
  at: Date,
): void {
  const passed = daysBetween(ctx, at, ctx.now, before.startTime)
  for (const lost of heldOnlyBy(before, after)) {
    const both = passed && shared(lost, passed)
    const held = both && heldIn(of, before, both)
    if (held) throw new DomainError('meeting.already_held', { held: held.endDate })
  }
}

/** A class does not meet twice at once: `undo.changed` names the meeting that is there now. */
async function requireOwnTime({ tx, ctx, changed }: Undoing, of: SchoolDays, row: MeetingRow): Promise<void> {
  const others = (await meetingsOf(tx, ctx.school.id, row.classId)).filter(({ id }) => id !== row.id)
  const there = others.find(
    (other) =>
      other.weekday === row.weekday &&
      other.cycleDay === row.cycleDay &&
      bothHeld(of, { ...other, days: daysOf(other) }, { ...row, days: daysOf(row) }),
  )
  if (there) throw await changed([{ entity: 'meeting', id: there.id }])
}

/** An undo rewrites nothing held since. What collides afterwards is marked, as `collisions.ts` finds it. */
export async function requireTimetable(undoing: Undoing): Promise<Change[]> {
  const { tx, ctx, at, pairs } = undoing
  const of = await readSchoolDays(tx, ctx.school.id, { beginDate: null, endDate: null })
  for (const pair of pairs({ entity: 'meeting', table: meetings })) {
    requireNotHeld(ctx, of, pair, at)
    if (!pair.after.archivedAt) await requireOwnTime(undoing, of, pair.after)
  }
  return []
}
