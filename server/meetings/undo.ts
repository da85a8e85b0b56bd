import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { classInstructors, enrollments, meetings } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { clockTime, dayAfter, dayBefore, onWeekday, shared, today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { Pair, Undoing } from '../records/undoing.ts'
import type { Conflict } from './conflicts.ts'
import { findConflicts } from './conflicts.ts'
import { overlap } from './input.ts'
import type { MeetingRow } from './plan.ts'
import { meetingsOf } from './read.ts'

const daysOf = ({ validFrom, validTo }: MeetingRow): DayRange => ({ beginDate: validFrom, endDate: validTo })
const isAtSameTime = (a: MeetingRow, b: MeetingRow) =>
  a.weekday === b.weekday && a.cycleDay === b.cycleDay && a.startTime === b.startTime && a.endTime === b.endTime

function without(one: DayRange, other: DayRange): DayRange[] {
  if (!shared(one, other)) return [one]
  const pieces: DayRange[] = []
  const { beginDate, endDate } = other
  if (beginDate && (!one.beginDate || one.beginDate < beginDate)) pieces.push({ ...one, endDate: dayBefore(beginDate) })
  if (endDate && (!one.endDate || one.endDate > endDate)) pieces.push({ ...one, beginDate: dayAfter(endDate) })
  return pieces
}

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
function requireNotHeld(ctx: MutationContext, { before, after }: Pair<typeof meetings>, at: Date): void {
  const passed = daysBetween(ctx, at, ctx.now, before.startTime)
  for (const lost of heldOnlyBy(before, after)) {
    const both = passed && shared(lost, passed)
    const held = both && onWeekday(both, before.weekday)
    if (held) throw new DomainError('meeting.already_held', { held: held.endDate })
  }
}

/** A class does not meet twice at once: `undo.changed` names the meeting that is there now. */
async function requireOwnTime({ tx, ctx, changed }: Undoing, row: MeetingRow): Promise<void> {
  const others = (await meetingsOf(tx, ctx.school.id, row.classId)).filter(({ id }) => id !== row.id)
  const there = others.find((other) => {
    const both = overlap(other, row) && shared(daysOf(other), daysOf(row))
    return both && onWeekday(both, row.weekday)
  })
  if (there) throw await changed([{ entity: 'meeting', id: there.id }])
}

async function conflictsOf(
  tx: Reader,
  ctx: MutationContext,
  { before, after }: Pair<typeof meetings>,
): Promise<Conflict[]> {
  const ask = (days: DayRange) =>
    findConflicts(tx, {
      schoolId: ctx.school.id,
      classId: after.classId,
      from: days.beginDate ?? after.validFrom,
      to: days.endDate,
      meetings: [after],
    })
  const found: Conflict[] = []
  for (const days of heldOnlyBy(after, before)) found.push(...(await ask(days)))
  if (after.archivedAt || !after.roomId || after.roomId === before.roomId) return found
  const inRoom = (await ask(daysOf(after))).filter(({ kind }) => kind === 'room')
  return [...found, ...inRoom.filter(({ meetingId }) => !found.some((one) => one.meetingId === meetingId))]
}

const idsIn = async (
  tx: Reader,
  { school }: MutationContext,
  table: typeof enrollments | typeof classInstructors,
  classIds: string[],
) => {
  const rows = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.schoolId, school.id), inArray(table.classId, classIds)))
  return rows.map(({ id }) => id)
}

/** A conflict older than the operation is accepted, unless the other meeting or whoever is in both has changed since. */
async function isNew({ tx, ctx, newer }: Undoing, classId: string, conflict: Conflict): Promise<boolean> {
  if ((await newer('meeting', [conflict.meetingId])).size) return true
  if ((await newer('class', [conflict.classId])).size) return true
  if (conflict.kind === 'room') return false
  const [entity, table] =
    conflict.kind === 'student'
      ? (['enrollment', enrollments] as const)
      : (['classInstructor', classInstructors] as const)
  const ids = await idsIn(tx, ctx, table, [classId, conflict.classId])
  return (await newer(entity, ids)).size > 0
}

/** An undo rewrites nothing held since, and refuses new conflicts as `meeting.conflicts`, for which it takes no reason. */
export async function requireTimetable(undoing: Undoing): Promise<Change[]> {
  const { tx, ctx, at, pairs } = undoing
  const conflicts: Conflict[] = []
  for (const pair of pairs({ entity: 'meeting', table: meetings })) {
    requireNotHeld(ctx, pair, at)
    if (pair.after.archivedAt) continue
    await requireOwnTime(undoing, pair.after)
    for (const conflict of await conflictsOf(tx, ctx, pair))
      if (await isNew(undoing, pair.after.classId, conflict)) conflicts.push(conflict)
  }
  if (conflicts.length) throw new DomainError('meeting.conflicts', { conflicts })
  return []
}
