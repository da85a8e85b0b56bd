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
    return [{ date, ...wanted, bellScheduleId, cycleDay: isOpen && cycleLength ? last : null, cycleLength }]
  })
}

/** Days of older versions do not say the length of their cycle: it is the greatest day that the year has. */
function lengthsIn(stored: readonly DayRow[], isOfYear: (date: string) => boolean) {
  const older = stored.filter(({ date, cycleLength }) => cycleLength === null && isOfYear(date))
  const greatest = Math.max(0, ...older.map(({ cycleDay }) => cycleDay ?? 0)) || null
  return ({ cycleLength }: DayRow): number | null => cycleLength ?? greatest
}

interface Around {
  /** The days before and after come, too, in order. */
  stored: readonly DayRow[]
  today: string
  /** The school year of the first day; null where no school year has it. */
  year: { from: string; to: string } | null
}

/** The cycle of days before `today`, of another school year and of another length never changes. */
export function changedDays(input: ChangeDaysInput, { stored, today, year }: Around): DayFields[] {
  const { kind, note, bellScheduleId } = input
  const isOfYear = (date: string) => !year || (year.from <= date && date <= year.to)
  const lengthOf = lengthsIn(stored, isOfYear)
  const known = new Map(stored.map((row) => [row.date, row]))
  const earlier = stored.filter(({ date }) => date < input.from)
  let last = earlier.findLast(({ cycleDay }) => cycleDay !== null)?.cycleDay ?? 0
  let length = earlier.map(lengthOf).at(-1) ?? null
  let moved = 0
  const own = datesIn(input).map((date) => {
    const row = known.get(date)
    const before = row?.cycleDay ?? null
    if (row) length = lengthOf(row)
    const isOpen = isOpenKind(kind)
    if (!isOpen && before !== null) moved -= 1
    if (isOpen && before === null && length) moved += 1
    const cycleDay = isOpen && length ? (before ?? after(last, 1, length)) : null
    last = cycleDay ?? last
    return { date, kind, note, bellScheduleId, cycleDay, cycleLength: length }
  })
  if (input.cycle === 'skip' || !length || !moved) return own
  const later = stored.filter((row) => row.date > input.to && row.date >= today && isOfYear(row.date))
  const same = later.filter((row) => row.cycleDay !== null && lengthOf(row) === length)
  return [...own, ...same.map(({ date, cycleDay }) => ({ date, cycleDay: after(cycleDay ?? 1, moved, length ?? 1) }))]
}
