/** Civil days 'YYYY-MM-DD', ranges of them, and the clock of a school's zone. Times are 'HH:MM'. */
import type { School } from './context.ts'

interface Moment {
  school: Pick<School, 'timeZone'>
  now: Date
}

const dayLength = 86_400_000
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`)

const wallClock = (at: number, timeZone: string): number => {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${text.replace(' ', 'T')}Z`)
}

/** Today's civil date on the school's calendar. */
export const today = ({ school, now }: Moment): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: school.timeZone, dateStyle: 'short' }).format(now)

/** The time of day on the school's clock. */
export const clockTime = ({ school, now }: Moment): string =>
  new Date(wallClock(now.getTime(), school.timeZone)).toISOString().slice(11, 16)

/** The instant at which the day begins there. */
export function startOfDay(day: string, timeZone: string): Date {
  const utc = midnight(day)
  // Twice: the first step may cross a change of the clocks.
  const near = 2 * utc - wallClock(utc, timeZone)
  return new Date(near + utc - wallClock(near, timeZone))
}

export const addDays = (day: string, days: number): string =>
  new Date(midnight(day) + days * dayLength).toISOString().slice(0, 10)
export const dayBefore = (day: string): string => addDays(day, -1)
export const dayAfter = (day: string): string => addDays(day, 1)

/** 1 is Monday (ISO 8601). */
export const weekdayOf = (day: string): number => new Date(midnight(day)).getUTCDay() || 7

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))

/** The first day on or after `day` that is this weekday. */
export const nextWeekday = (day: string, weekday: number): string => addDays(day, (weekday - weekdayOf(day) + 7) % 7)

/** Both ends are included. No begin is "since ever", no end is "until further notice". */
export interface DayRange {
  beginDate: string | null
  endDate: string | null
}

const later = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : (a ?? b))
const earlier = (a: string | null, b: string | null) => (a && b ? (a < b ? a : b) : (a ?? b))

/** The days that lie in all of the ranges; undefined where there is none. */
export function shared(...ranges: readonly DayRange[]): DayRange | undefined {
  const beginDate = ranges.reduce((found, range) => later(found, range.beginDate), null as string | null)
  const endDate = ranges.reduce((found, range) => earlier(found, range.endDate), null as string | null)
  return beginDate && endDate && beginDate > endDate ? undefined : { beginDate, endDate }
}

export const overlap = (a: DayRange, b: DayRange): boolean => shared(a, b) !== undefined

export const covers = ({ beginDate, endDate }: DayRange, day: string): boolean =>
  (!beginDate || beginDate <= day) && (!endDate || day <= endDate)

/** The first day from `day` on that none of the ranges covers; one without an end doesn't count. */
export const firstFreeDay = (ranges: readonly DayRange[], day: string): string =>
  ranges
    .toSorted((a, b) => ((a.beginDate ?? '') < (b.beginDate ?? '') ? -1 : 1))
    .reduce((from, range) => (range.endDate !== null && covers(range, from) ? dayAfter(range.endDate) : from), day)

/** From the first to the last of this weekday in the range; undefined where none lies in it. */
export function onWeekday({ beginDate, endDate }: DayRange, weekday: number | null): DayRange | undefined {
  if (weekday === null) return { beginDate, endDate }
  const first = beginDate && nextWeekday(beginDate, weekday)
  const last = endDate && addDays(nextWeekday(endDate, weekday), weekdayOf(endDate) === weekday ? 0 : -7)
  return first && last && first > last ? undefined : { beginDate: first, endDate: last }
}
