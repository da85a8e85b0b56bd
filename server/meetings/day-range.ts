/** Civil days 'YYYY-MM-DD', and ranges of them whose ends may be open. */
import type { Context } from '../context.ts'

export interface DayRange {
  from: string | null
  to: string | null
}

const dayLength = 86_400_000
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

export const addDays = (day: string, days: number): string =>
  new Date(noon(day) + days * dayLength).toISOString().slice(0, 10)

/** 1 is Monday (ISO 8601). */
export const weekdayOf = (day: string): number => new Date(noon(day)).getUTCDay() || 7

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))

/** The first day on or after `day` that is this weekday. */
export const nextWeekday = (day: string, weekday: number): string => addDays(day, (weekday - weekdayOf(day) + 7) % 7)

export const includes = ({ from, to }: DayRange, day: string): boolean => (!from || from <= day) && (!to || day <= to)

const later = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : (a ?? b))
const earlier = (a: string | null, b: string | null) => (a && b ? (a < b ? a : b) : (a ?? b))

/** The days that lie in all of them; undefined where there is none. */
export function shared(...ranges: readonly DayRange[]): DayRange | undefined {
  const from = ranges.reduce((found, range) => later(found, range.from), null as string | null)
  const to = ranges.reduce((found, range) => earlier(found, range.to), null as string | null)
  return from && to && from > to ? undefined : { from, to }
}

/** From the first to the last of this weekday in the range; undefined where none lies in it. */
export function onWeekday({ from, to }: DayRange, weekday: number | null): DayRange | undefined {
  if (weekday === null) return { from, to }
  const first = from && nextWeekday(from, weekday)
  const last = to && addDays(nextWeekday(to, weekday), weekdayOf(to) === weekday ? 0 : -7)
  return first && last && first > last ? undefined : { from: first, to: last }
}

/** The time of day on the school's clock, 'HH:MM'. */
export const clockTime = ({ school, now }: Pick<Context, 'school' | 'now'>): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: school.timeZone, hour: '2-digit', minute: '2-digit' }).format(now)
