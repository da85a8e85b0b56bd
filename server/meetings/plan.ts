import type { meetings } from '../../db/schema/index.ts'
import { addDays, onWeekday } from '../calendar.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import { heldIn, timesOn } from './held-on.ts'
import type { Slot } from './input.ts'
import type { SchoolDays } from './school-days.ts'

export type MeetingRow = RowOf<typeof meetings>
export type MeetingFields = FieldsOf<typeof meetings>

/** Positions are indexes of the input. */
export interface Plan {
  kept: Set<number>
  changed: { place: number; row: MeetingRow; fields: MeetingFields }[]
  added: { place: number; fields: MeetingFields }[]
  /** These rows end before the days, begin after them, or are archived. */
  cut: { row: MeetingRow; fields: MeetingFields }[]
  /** A row that was held before the days goes on after them. */
  resumed: MeetingFields[]
  /** On all of the days the class meets at these times already: whom it keeps busy does not change. Why it may is the value. */
  timed: Map<number, string | null>
}

const isSameTime = (row: MeetingRow, slot: Slot) =>
  row.weekday === slot.weekday &&
  row.cycleDay === slot.cycleDay &&
  row.periodId === slot.periodId &&
  (row.periodId !== null || (row.startTime === slot.startTime && row.endTime === slot.endTime))
const isSameSlot = (row: MeetingRow, slot: Slot) => isSameTime(row, slot) && row.roomId === slot.roomId

function take(rows: MeetingRow[], fits: (row: MeetingRow) => boolean): MeetingRow | undefined {
  const index = rows.findIndex(fits)
  return index < 0 ? undefined : rows.splice(index, 1)[0]
}

const latest = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : null)
const goesBeyond = ({ validTo }: MeetingRow, to: string | null): boolean => to !== null && (!validTo || validTo > to)

function cut(plan: Plan, row: MeetingRow, { from, to }: Days, now: Date): void {
  const resumes = to !== null && goesBeyond(row, to) ? addDays(to, 1) : null
  if (row.validFrom >= from) {
    plan.cut.push({ row, fields: resumes ? { validFrom: resumes } : { archivedAt: now } })
    return
  }
  plan.cut.push({ row, fields: { validTo: addDays(from, -1) } })
  const { classId, weekday, cycleDay, periodId, startTime, endTime, roomId, validTo, overrideReason } = row
  const same = { classId, weekday, cycleDay, periodId, startTime, endTime, roomId, validTo, overrideReason }
  if (resumes) plan.resumed.push({ ...same, validFrom: resumes })
}

interface Days {
  from: string
  to: string | null
}

const isOnAll = (row: MeetingRow, { from, to }: Days) =>
  row.validFrom <= from && latest(row.validTo, to) === row.validTo

function timedAlready(rows: readonly MeetingRow[], wanted: readonly Slot[], days: Days): Plan['timed'] {
  return new Map(
    wanted.flatMap((slot, place) => {
      const row = rows.find((one) => isSameTime(one, slot) && isOnAll(one, days))
      return row ? [[place, row.overrideReason]] : []
    }),
  )
}

/** Whether a meeting may be held from `from` to `to`: a Monday is not among a Thursday and a Friday. */
const mayBeHeldIn = ({ weekday }: Pick<MeetingRow, 'weekday'>, { from, to }: Days): boolean =>
  weekday === null || onWeekday({ beginDate: from, endDate: to }, weekday) !== undefined

/**
 * From `from` to `to` the class meets as wanted. A row that nothing was held of is changed in place, others end before.
 * What falls on none of the days stays as it is.
 */
export function planMeetings(rows: readonly MeetingRow[], wanted: readonly Slot[], days: Days, now: Date): Plan {
  const { from, to } = days
  const plan: Plan = {
    kept: new Set(),
    changed: [],
    added: [],
    cut: [],
    resumed: [],
    timed: timedAlready(rows, wanted, days),
  }
  const rest = rows
    .filter(({ validFrom, validTo }) => (!validTo || validTo >= from) && (!to || validFrom <= to))
    .filter((row) => mayBeHeldIn(row, days))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const left: number[] = []
  for (const [place, slot] of wanted.entries()) {
    if (!mayBeHeldIn(slot, days)) continue
    const row = take(rest, (one) => isSameSlot(one, slot))
    if (!row) left.push(place)
    else if (isOnAll(row, days)) plan.kept.add(place)
    else {
      const validFrom = row.validFrom < from ? row.validFrom : from
      plan.changed.push({ place, row, fields: { validFrom, validTo: latest(row.validTo, to) } })
    }
  }
  for (const place of left) {
    const slot = wanted[place] as Slot
    const isWithin = (row: MeetingRow) => row.validFrom >= from && !goesBeyond(row, to)
    const row = take(rest, (one) => isWithin(one) && one.weekday === slot.weekday) ?? take(rest, isWithin)
    const fields = { ...slot, validFrom: from, validTo: to }
    if (row) plan.changed.push({ place, row, fields })
    else plan.added.push({ place, fields })
  }
  for (const row of rest) cut(plan, row, days, now)
  return plan
}

/** A change from this day on rewrites nothing that was held. Null while the class has not met yet. */
export function earliestChange(
  of: SchoolDays,
  rows: readonly MeetingRow[],
  today: string,
  clock: string,
): string | null {
  const hasMet = rows.some(({ validFrom }) => validFrom < today)
  const metToday = rows.some((row) => {
    if (row.validFrom > today || (row.validTo && row.validTo < today)) return false
    const times = timesOn(of, row, today)
    return times && times.startTime <= clock
  })
  if (metToday) return addDays(today, 1)
  return hasMet ? today : null
}

export function usualFrom(
  of: SchoolDays,
  rows: readonly MeetingRow[],
  today: string,
  clock: string,
  begins: string | null,
): string {
  const earliest = earliestChange(of, rows, today, clock)
  const days = rows.flatMap((row) => {
    const first = earliest && earliest > row.validFrom ? earliest : row.validFrom
    if (row.validTo && row.validTo < first) return []
    return heldIn(of, row, { beginDate: first, endDate: row.validTo })?.beginDate ?? []
  })
  const [meets] = days.toSorted()
  return meets ?? earliest ?? (begins && begins > today ? begins : today)
}

/** The default end of a change: the class meets as on `from` until then, at most until `ends`. Null is no end. */
export function usualTo(rows: readonly MeetingRow[], from: string, ends: string | null): string | null {
  const next = rows.flatMap(({ validFrom }) => (validFrom > from ? [addDays(validFrom, -1)] : []))
  const held = rows.filter((row) => row.validFrom <= from && (!row.validTo || row.validTo >= from))
  const last = held.length ? held.flatMap(({ validTo }) => validTo ?? []) : ends && ends >= from ? [ends] : []
  return [...next, ...last].toSorted()[0] ?? null
}
