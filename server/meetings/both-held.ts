import type { DayRange } from '../calendar.ts'
import { onWeekday, shared } from '../calendar.ts'

export interface Held {
  weekday: number | null
  cycleDay: number | null
  startTime: string
  endTime: string
  days: DayRange
}

const mayShareDay = (a: Held, b: Held): boolean =>
  a.weekday === null || b.weekday === null
    ? a.cycleDay === null || b.cycleDay === null || a.cycleDay === b.cycleDay
    : a.weekday === b.weekday

/**
 * The days on which both are held at once, from the first to the last; undefined where there are none. Meetings that only
 * touch are not held at once. No calendar dates the days of the cycle yet, so one may be any weekday.
 */
export function bothHeld(a: Held, b: Held): DayRange | undefined {
  if (a.startTime >= b.endTime || b.startTime >= a.endTime || !mayShareDay(a, b)) return undefined
  const days = shared(a.days, b.days)
  return days && onWeekday(days, a.weekday ?? b.weekday)
}
