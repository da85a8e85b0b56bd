/** Days are civil dates 'YYYY-MM-DD', and times are 'HH:MM', both in the school's time zone. */
import { wallClock } from '../db/wall-clock.ts'
import type { School } from './context.ts'

interface Moment {
  school: Pick<School, 'timeZone'>
  now: Date
}

const dayLength = 86_400_000
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`)

const ahead = (at: number, timeZone: string): number => {
  const { date, time } = wallClock(at, timeZone)
  return Date.parse(`${date}T${time}Z`) - at
}

export const today = ({ school, now }: Moment): string => wallClock(now, school.timeZone).date
export const clockTime = ({ school, now }: Moment): string => wallClock(now, school.timeZone).time.slice(0, 5)

export const startOfDay = (day: string, timeZone: string): Date => instantOf(day, '00:00', timeZone)

/** A time that the clocks leave out is as much later; of one that they show twice, it is the second. */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T${time}:00Z`)
  // The second step is needed where the first one crosses a change of the clocks.
  const near = utc - ahead(utc, timeZone)
  return new Date(utc - ahead(near, timeZone))
}

const firstDay = midnight('0001-01-01')
const lastDay = midnight('9999-12-31')
/** No day is before 0001-01-01 or after 9999-12-31, as in both databases. */
export const addDays = (day: string, days: number): string =>
  new Date(Math.min(lastDay, Math.max(firstDay, midnight(day) + days * dayLength))).toISOString().slice(0, 10)
export const dayBefore = (day: string): string => addDays(day, -1)
export const dayAfter = (day: string): string => addDays(day, 1)

/** The same day of the year before; of 29 February, the 28th. */
export function yearBefore(day: string): string {
  const before = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`
  return before.endsWith('-02-29') ? `${before.slice(0, 8)}28` : before
}

/** Both ends are included. */
export const daysFrom = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, (midnight(to) - midnight(from)) / dayLength + 1) }, (_, n) => addDays(from, n))

/** Monday is 1 and Sunday 7 (ISO 8601). */
export const weekdayOf = (day: string): number => new Date(midnight(day)).getUTCDay() || 7

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))

/** `first` is the weekday on which weeks begin. */
export const weekBegin = (day: string, first: number): string => addDays(day, -((weekdayOf(day) - first + 7) % 7))

export const nextWeekday = (day: string, weekday: number): string => addDays(day, (weekday - weekdayOf(day) + 7) % 7)

/** Both ends are included; null is no limit. */
export interface DayRange {
  beginDate: string | null
  endDate: string | null
}

const later = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : (a ?? b))
const earlier = (a: string | null, b: string | null) => (a && b ? (a < b ? a : b) : (a ?? b))

export function shared(...ranges: readonly DayRange[]): DayRange | undefined {
  const beginDate = ranges.reduce((found, range) => later(found, range.beginDate), null as string | null)
  const endDate = ranges.reduce((found, range) => earlier(found, range.endDate), null as string | null)
  return beginDate && endDate && beginDate > endDate ? undefined : { beginDate, endDate }
}

export function spanOf(ranges: readonly DayRange[]): DayRange {
  const begins = ranges.map(({ beginDate }) => beginDate)
  const ends = ranges.map(({ endDate }) => endDate)
  return {
    beginDate: begins.includes(null) ? null : begins.reduce(earlier, null),
    endDate: ends.includes(null) ? null : ends.reduce(later, null),
  }
}

export function without(one: DayRange, other: DayRange): DayRange[] {
  if (!shared(one, other)) return [one]
  const pieces: DayRange[] = []
  const { beginDate, endDate } = other
  if (beginDate && (!one.beginDate || one.beginDate < beginDate)) pieces.push({ ...one, endDate: dayBefore(beginDate) })
  if (endDate && (!one.endDate || one.endDate > endDate)) pieces.push({ ...one, beginDate: dayAfter(endDate) })
  return pieces
}

export const overlap = (a: DayRange, b: DayRange): boolean => shared(a, b) !== undefined

export const covers = ({ beginDate, endDate }: DayRange, day: string): boolean =>
  (!beginDate || beginDate <= day) && (!endDate || day <= endDate)

/** A range without an end is ignored. */
export const firstFreeDay = (ranges: readonly DayRange[], day: string): string =>
  ranges
    .toSorted((a, b) => ((a.beginDate ?? '') < (b.beginDate ?? '') ? -1 : 1))
    .reduce((from, range) => (range.endDate !== null && covers(range, from) ? dayAfter(range.endDate) : from), day)

export function onWeekday({ beginDate, endDate }: DayRange, weekday: number | null): DayRange | undefined {
  if (weekday === null) return { beginDate, endDate }
  const first = beginDate && nextWeekday(beginDate, weekday)
  const last = endDate && addDays(nextWeekday(endDate, weekday), weekdayOf(endDate) === weekday ? 0 : -7)
  return first && last && first > last ? undefined : { beginDate: first, endDate: last }
}
