import { idFrom } from '../address-search.ts'

const kinds = ['class', 'instructor', 'room', 'student'] as const

/** Whose week and which, as the address says it; today's week is left out. */
export interface TimetableSearch {
  of?: (typeof kinds)[number] | undefined
  id?: string | undefined
  /** A day in the week, 'YYYY-MM-DD'. */
  week?: string | undefined
}

export const dayFrom = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !/^[12]\d{3}-\d\d-\d\d$/.test(value)) return undefined
  const date = new Date(`${value}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : undefined
}

export const readTimetableSearch = ({ of, id, week }: Record<string, unknown>): TimetableSearch => ({
  of: kinds.find((kind) => kind === of),
  id: idFrom(id),
  week: dayFrom(week),
})

export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
