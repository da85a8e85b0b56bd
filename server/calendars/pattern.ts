/** What a calendar's days are to be: by the pattern of a year, and after a change. Nothing here reads or writes. */
import type { calendarDays } from '../../db/schema/index.ts'
import type { DayKind } from '../../db/values.ts'
import { isOpenKind } from '../../db/values.ts'
import { daysFrom, weekdayOf } from '../calendar.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import type { ChangeDaysInput, Holiday, LayOutInput } from './input.ts'

export type DayRow = RowOf<typeof calendarDays>
export type DayFields = FieldsOf<typeof calendarDays> & { date: string }

export const datesIn = ({ from, to }: { from: string; to: string }): string[] => daysFrom(from, to)

const after = (cycleDay: number, by: number, length: number): number =>
  ((((cycleDay - 1 + by) % length) + length) % length) + 1

/** The day is a plain one, and not as the pattern has it: an older pattern made it so, or somebody did by hand. */
export const isOtherwise = ({ kind, date }: Pick<DayRow, 'kind' | 'date'>, { weekdays }: LayOutInput): boolean =>
  kind === (weekdays.includes(weekdayOf(date)) ? 'closed' : 'instruction')

/** Somebody said more of the day than the pattern does. */
const isByHand = ({ kind, note, bellScheduleId }: DayRow): boolean =>
  note !== null || bellScheduleId !== null || (kind !== 'instruction' && kind !== 'closed')

interface Wanted {
  kind: DayKind
  note: string | null
}
const wantedOn = (date: string, { weekdays }: LayOutInput, holiday: Holiday | undefined): Wanted => {
  if (holiday) return { kind: holiday.kind, note: holiday.note }
  return { kind: weekdays.includes(weekdayOf(date)) ? 'instruction' : 'closed', note: null }
}

interface Known {
  stored: ReadonlyMap<string, DayRow>
  byHand: ReadonlySet<string>
  today: string
}

/** Days that are over stay as they are; so does what somebody said of a day, unless a holiday is pasted for it. */
export function laidOut(input: LayOutInput, { stored, byHand, today }: Known): DayFields[] {
  const { cycleLength } = input
  let last = 0
  return datesIn(input).flatMap((date) => {
    const row = stored.get(date)
    if (row && date < today) {
      last = row.cycleDay ?? last
      return []
    }
    const holiday = input.holidays.find(({ from, to }) => from <= date && date <= to)
    const keeps = row && !holiday && (isByHand(row) || byHand.has(row.id))
    const wanted = keeps ? { kind: row.kind, note: row.note } : wantedOn(date, input, holiday)
    const isOpen = isOpenKind(wanted.kind)
    if (isOpen && cycleLength) last = after(last, 1, cycleLength)
    const bellScheduleId = keeps ? row.bellScheduleId : null
    return [{ date, ...wanted, bellScheduleId, cycleDay: isOpen && cycleLength ? last : null }]
  })
}

/** The days before and after are `stored` in order; the cycle of days before `today` never changes. */
export function changedDays(
  input: ChangeDaysInput,
  stored: readonly DayRow[],
  { cycleLength, today }: { cycleLength: number | null; today: string },
): DayFields[] {
  const { kind, note, bellScheduleId } = input
  const known = new Map(stored.map((row) => [row.date, row]))
  let last = stored.findLast(({ date, cycleDay }) => date < input.from && cycleDay !== null)?.cycleDay ?? 0
  let moved = 0
  const own = datesIn(input).map((date) => {
    const before = known.get(date)?.cycleDay ?? null
    const isOpen = isOpenKind(kind)
    if (!isOpen && before !== null) moved -= 1
    if (isOpen && before === null && cycleLength) moved += 1
    const cycleDay = isOpen && cycleLength ? (before ?? after(last, 1, cycleLength)) : null
    last = cycleDay ?? last
    return { date, kind, note, bellScheduleId, cycleDay }
  })
  if (input.cycle === 'skip' || !cycleLength || !moved) return own
  const later = stored.filter(({ date, cycleDay }) => date > input.to && date >= today && cycleDay !== null)
  return [...own, ...later.map(({ date, cycleDay }) => ({ date, cycleDay: after(cycleDay ?? 1, moved, cycleLength) }))]
}
