/** Days are civil dates 'YYYY-MM-DD', months 'YYYY-MM'. */
import { daysLater } from '../meetings/timetable-search.ts'

export const monthOf = (day: string): string => day.slice(0, 7)

export function monthsLater(month: string, count: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, index - 1 + count, 1)).toISOString().slice(0, 7)
}

const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7

const weekBegin = (day: string, weekday: number): string => daysLater(day, -((weekdayOf(day) - weekday + 7) % 7))

/** Whole weeks from that weekday on, with the days of the months around it. */
export function weeksOf(month: string, weekday = 1): string[][] {
  const first = `${month}-01`
  const next = `${monthsLater(month, 1)}-01`
  const weeks: string[][] = []
  for (let begin = weekBegin(first, weekday); begin < next; begin = daysLater(begin, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => daysLater(begin, index)))
  return weeks
}

/** The same day of another month, or its last one. */
export function inMonth(day: string, month: string): string {
  const same = `${month}-${day.slice(8)}`
  const last = daysLater(`${monthsLater(month, 1)}-01`, -1)
  return same > last ? last : same
}

const steps: Record<string, (day: string, weekday: number) => string> = {
  ArrowLeft: (day) => daysLater(day, -1),
  ArrowRight: (day) => daysLater(day, 1),
  ArrowUp: (day) => daysLater(day, -7),
  ArrowDown: (day) => daysLater(day, 7),
  PageUp: (day) => inMonth(day, monthsLater(monthOf(day), -1)),
  PageDown: (day) => inMonth(day, monthsLater(monthOf(day), 1)),
  Home: weekBegin,
  End: (day, weekday) => daysLater(weekBegin(day, weekday), 6),
}
/** Where a key leads from a day, in weeks from `weekday` on; undefined for a key that leads nowhere. */
export const dayByKey = (key: string, day: string, weekday = 1): string | undefined => steps[key]?.(day, weekday)
