import { dayFrom } from '../meetings/timetable-search.ts'

export interface CalendarSearch {
  /** The chosen day; its month is shown. */
  day?: string
}

export function readCalendarSearch({ day }: Record<string, unknown>): CalendarSearch {
  const known = dayFrom(day)
  return known ? { day: known } : {}
}
