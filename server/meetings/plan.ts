/** What becomes of a class's meetings when it is to meet otherwise from a day on. */

import type { meetings } from '../../db/schema/index.ts'
import { addDays, nextWeekday, weekdayOf } from '../calendar.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import type { Slot } from './input.ts'

export type MeetingRow = RowOf<typeof meetings>
export type MeetingFields = FieldsOf<typeof meetings>

/** The wanted meetings by their place in the input, and what is done with the rows that are in their way. */
export interface Plan {
  /** The meetings that are as they were. */
  kept: Set<number>
  changed: { place: number; row: MeetingRow; fields: MeetingFields }[]
  added: { place: number; fields: MeetingFields }[]
  /** Rows that end before these days, begin after them, or are not to be held at all. */
  cut: { row: MeetingRow; fields: MeetingFields }[]
  /** What goes on after these days, of a row that was held before them. */
  resumed: MeetingFields[]
}

const isSameSlot = (row: MeetingRow, slot: Slot) =>
  row.weekday === slot.weekday &&
  row.cycleDay === slot.cycleDay &&
  row.startTime === slot.startTime &&
  row.endTime === slot.endTime &&
  row.roomId === slot.roomId

/** Takes the first that fits out of the rows. */
function take(rows: MeetingRow[], fits: (row: MeetingRow) => boolean): MeetingRow | undefined {
  const index = rows.findIndex(fits)
  return index < 0 ? undefined : rows.splice(index, 1)[0]
}

const latest = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : null)
const goesBeyond = ({ validTo }: MeetingRow, to: string | null): boolean => to !== null && (!validTo || validTo > to)

/** Makes way in the days from `from` to `to` for what is wanted there. */
function cut(plan: Plan, row: MeetingRow, { from, to }: Days, now: Date): void {
  const resumes = to !== null && goesBeyond(row, to) ? addDays(to, 1) : null
  if (row.validFrom >= from) {
    plan.cut.push({ row, fields: resumes ? { validFrom: resumes } : { archivedAt: now } })
    return
  }
  plan.cut.push({ row, fields: { validTo: addDays(from, -1) } })
  const { classId, weekday, cycleDay, startTime, endTime, roomId, validTo, overrideReason } = row
  const same = { classId, weekday, cycleDay, startTime, endTime, roomId, validTo, overrideReason }
  if (resumes) plan.resumed.push({ ...same, validFrom: resumes })
}

interface Days {
  from: string
  /** None for no end. */
  to: string | null
}

/**
 * From `from` to `to` the class meets as `wanted` says; before and after, all stays as it is. What is the same goes on in
 * its row. What ends, ends the day before; a row that lies wholly within these days is changed in place, since nothing of
 * it has been held.
 */
export function planMeetings(rows: readonly MeetingRow[], wanted: readonly Slot[], days: Days, now: Date): Plan {
  const { from, to } = days
  const plan: Plan = { kept: new Set(), changed: [], added: [], cut: [], resumed: [] }
  const rest = rows
    .filter(({ validFrom, validTo }) => (!validTo || validTo >= from) && (!to || validFrom <= to))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const left: number[] = []
  for (const [place, slot] of wanted.entries()) {
    const row = take(rest, (one) => isSameSlot(one, slot))
    if (!row) left.push(place)
    else if (row.validFrom <= from && latest(row.validTo, to) === row.validTo) plan.kept.add(place)
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

/** The first day from which a change rewrites nothing that was held; null while the class has not met yet. */
export function earliestChange(rows: readonly MeetingRow[], today: string, clock: string): string | null {
  const hasMet = rows.some(({ validFrom }) => validFrom < today)
  const metToday = rows.some(
    ({ validFrom, validTo, weekday, startTime }) =>
      validFrom <= today &&
      (!validTo || validTo >= today) &&
      (weekday === null || weekday === weekdayOf(today)) &&
      startTime <= clock,
  )
  if (metToday) return addDays(today, 1)
  return hasMet ? today : null
}

/** The first day the class meets, of those that may be changed: the day a change holds from unless people say otherwise. */
export function usualFrom(rows: readonly MeetingRow[], today: string, clock: string, begins: string | null): string {
  const earliest = earliestChange(rows, today, clock)
  const days = rows.flatMap(({ weekday, validFrom, validTo }) => {
    const first = earliest && earliest > validFrom ? earliest : validFrom
    const day = weekday === null ? first : nextWeekday(first, weekday)
    return validTo && validTo < day ? [] : [day]
  })
  const [meets] = days.toSorted()
  return meets ?? earliest ?? (begins && begins > today ? begins : today)
}

/**
 * The day until which the class meets as on `from`: a change holds that long unless people say otherwise. Where it does
 * not meet yet, until `ends`, the end of its last term. Null for no end.
 */
export function usualTo(rows: readonly MeetingRow[], from: string, ends: string | null): string | null {
  const next = rows.flatMap(({ validFrom }) => (validFrom > from ? [addDays(validFrom, -1)] : []))
  const held = rows.filter((row) => row.validFrom <= from && (!row.validTo || row.validTo >= from))
  const last = held.length ? held.flatMap(({ validTo }) => validTo ?? []) : ends && ends >= from ? [ends] : []
  return [...next, ...last].toSorted()[0] ?? null
}
