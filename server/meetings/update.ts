import type { Transaction } from '../../db/database.ts'
import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { changesSinceSeen } from '../journal/since.ts'
import { referredRecord } from '../records/refer.ts'
import { addRows, replaceRows } from '../records/write.ts'
import { conflictsIn } from './check.ts'
import { usualTimes } from './held-on.ts'
import type { Slot, UpdateMeetingsInput } from './input.ts'
import { withPeriods } from './kept-periods.ts'
import { meetingKind } from './kind.ts'
import type { MeetingFields, MeetingRow, Plan } from './plan.ts'
import { planMeetings } from './plan.ts'
import { changeDays, listMeetings, meetingsOf, termDays } from './read.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

/** Throws `meeting.stale` unless the class's meetings from today on are those that the caller saw. */
async function seenMeetings(
  tx: Transaction,
  ctx: MutationContext,
  rows: MeetingRow[],
  seen: UpdateMeetingsInput['seen'],
) {
  const day = today(ctx)
  const current = rows.filter(({ validTo }) => !validTo || validTo >= day)
  const versions = new Map(seen.map(({ id, version }) => [id, version]))
  const isSame = current.length === seen.length && current.every(({ id, version }) => versions.get(id) === version)
  if (isSame) return
  throw new DomainError('meeting.stale', {
    changes: await changesSinceSeen(tx, ctx.school.id, 'meeting', current, versions),
  })
}

/** An archived room may stay where the class meets already. */
async function requireRooms(tx: Transaction, ctx: MutationContext, rows: MeetingRow[], input: UpdateMeetingsInput) {
  const known = new Set(rows.map(({ roomId }) => roomId))
  for (const id of new Set(input.meetings.map(({ roomId }) => roomId)))
    if (id && !known.has(id)) await referredRecord(tx, meetingKind, 'roomId', ctx.school.id, id)
}

async function requirePeriods(
  tx: Transaction,
  ctx: MutationContext,
  rows: MeetingRow[],
  { meetings }: UpdateMeetingsInput,
) {
  const known = new Set(rows.map(({ periodId }) => periodId))
  for (const id of new Set(meetings.map(({ periodId }) => periodId)))
    if (id && !known.has(id)) await referredRecord(tx, meetingKind, 'periodId', ctx.school.id, id)
}

/** The stored times of a period are those of the usual bell schedule. */
const withUsualTimes = (of: SchoolDays, slots: readonly Slot[]): Slot[] =>
  slots.map((slot) => ({ ...slot, ...usualTimes(of, slot) }))

/** Why each meeting may collide: as was said of it before, or now. */
async function reasons(
  tx: Transaction,
  ctx: MutationContext,
  { classId, meetings, overrideReason }: UpdateMeetingsInput & { meetings: readonly Slot[] },
  days: { from: string; to: string | null },
  plan: Plan,
): Promise<Map<number, string | null>> {
  const found = await conflictsIn(tx, ctx, { classId, meetings, ...days }, plan)
  const conflicts = found.filter(({ stands }) => !stands)
  if (conflicts.length && !overrideReason) throw new DomainError('meeting.conflicts', { conflicts })
  const before = found
    .filter(({ stands }) => stands)
    .map(({ place }) => [place, plan.timed.get(place) ?? null] as const)
  return new Map([...before, ...conflicts.map(({ place }) => [place, overrideReason] as const)])
}

async function carryOut(
  tx: Transaction,
  schoolId: number,
  classId: string,
  { changed, added, cut, resumed }: Plan,
  reasonOf: (place: number) => string | null,
): Promise<Change[]> {
  const edits = [
    ...cut.map(({ row, fields }) => ({ before: row, fields })),
    ...changed.map(({ row, place, fields }) => ({
      before: row,
      fields: { ...fields, overrideReason: reasonOf(place) },
    })),
  ]
  const fresh: MeetingFields[] = [
    ...added.map(({ place, fields }) => ({ ...fields, overrideReason: reasonOf(place) })),
    ...resumed,
  ].map((fields) => ({ ...fields, classId }))
  return [...(await replaceRows(tx, meetingKind, edits)), ...(await addRows(tx, meetingKind, schoolId, fresh))]
}

/** Throws `meeting.already_held` for a day that would rewrite a held meeting, `meeting.conflicts` without a reason. */
export function updateMeetings(ctx: MutationContext, input: UpdateMeetingsInput) {
  const { classId, seen } = input
  const write = async (tx: Transaction) => {
    await referredRecord(tx, meetingKind, 'classId', ctx.school.id, classId)
    const rows = await meetingsOf(tx, ctx.school.id, classId)
    await seenMeetings(tx, ctx, rows, seen)
    const of = await readSchoolDays(tx, ctx.school.id, { beginDate: today(ctx), endDate: null })
    const { earliest, ...days } = changeDays(ctx, of, rows, await termDays(tx, ctx.school.id, classId), input)
    if (earliest && days.from < earliest) throw new DomainError('meeting.already_held', { earliest })
    if (days.to && days.to < days.from) throw new DomainError('meeting.dates_order')
    await requireRooms(tx, ctx, rows, input)
    await requirePeriods(tx, ctx, rows, input)
    const meetings = withUsualTimes(of, withPeriods(of, rows, input.meetings))
    const plan = planMeetings(rows, meetings, days, ctx.now)
    const why = await reasons(tx, ctx, { ...input, meetings }, days, plan)
    return carryOut(tx, ctx.school.id, classId, plan, (place) => why.get(place) ?? null)
  }
  return mutate(ctx, { deed: 'change', about: 'meeting' }, write, (tx) => listMeetings(tx, ctx, classId))
}
