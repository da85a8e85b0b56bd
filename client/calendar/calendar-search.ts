export interface CalendarSearch {
  /** The chosen day; its month is shown. */
  day?: string
}

export const readCalendarSearch = ({ day }: Record<string, unknown>): CalendarSearch =>
  typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? { day } : {}
