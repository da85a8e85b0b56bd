/** The days of the browser tests, counted from the day at the school on which they begin. */

const atSchool = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
/** One day for the database that is made beforehand and for every test, although midnight may pass between them. */
export const firstDay = process.env.HOMEROOM_BROWSER_DAY ?? atSchool.format(new Date())

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const weekday = (new Date(`${firstDay}T00:00:00Z`).getUTCDay() + 6) % 7
const monday = later(firstDay, -weekday)

/** The term that is current while the tests run, for weeks before and after, and the one that follows it. */
export const term = { startDate: later(monday, -12 * 7), endDate: later(monday, 4 * 7 + 4) }
export const nextTerm = { startDate: later(monday, 6 * 7), endDate: later(monday, 18 * 7 + 4) }
/** 'MM-DD': a school year around the first day. */
export const yearDays = { begins: term.startDate.slice(5), ends: later(monday, 28 * 7).slice(5) }
/** The calendar year after the first day's. */
export const nextYear = Number(firstDay.slice(0, 4)) + 1

/** '1 Sept 2026', as the screens write it; with 'long' '1 September 2026', as people do. */
export const written = (day: string, month: 'short' | 'long' = 'short'): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' })
