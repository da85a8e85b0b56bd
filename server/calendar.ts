/** Civil days and clock times in a school's zone. Days are 'YYYY-MM-DD', times 'HH:MM'. */
import type { Context } from './context.ts'

const dayLength = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)

export const daysAfter = (day: string, days: number): string =>
  new Date(utc(day) + days * dayLength).toISOString().slice(0, 10)

/** 1 is Monday (ISO 8601). */
export const weekdayOf = (day: string): number => new Date(utc(day)).getUTCDay() || 7

const wallClock = (at: number, timeZone: string): number => {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${text.replace(' ', 'T')}Z`)
}

/** What the school's clock shows now. */
export const timeOf = ({ school, now }: Pick<Context, 'school' | 'now'>): string =>
  new Date(wallClock(now.getTime(), school.timeZone)).toISOString().slice(11, 16)

/** The instant at which the day begins there. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = utc(day)
  // Twice: the first step may cross a change of the clocks.
  const near = 2 * midnight - wallClock(midnight, timeZone)
  return new Date(near + midnight - wallClock(near, timeZone))
}
