import { clockTimes } from './clock-times.ts'
import type { Formats } from './formats.ts'

/** The first of January 2024 was a Monday. */
const someDay = (weekday: number) => new Date(Date.UTC(2024, 0, weekday, 12))
const noon = (civil: string) => new Date(`${civil}T12:00:00Z`)

/** Where Sunday and Monday are among them, what begins before Sunday goes on after it: Sunday to Thursday. */
function placeOf(day: number, weekdays: readonly number[]): number {
  const isWrapped = weekdays.includes(7) && weekdays.includes(1) && weekdays.length < 7
  const closed = [7, 6, 5, 4, 3, 2].find((one) => !weekdays.includes(one)) ?? 7
  return isWrapped && day > closed ? day - 7 : day
}

/** The first and the last of days that follow each other; two of them are said one by one. */
function runsOf(weekdays: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const day of weekdays.toSorted((a, b) => placeOf(a, weekdays) - placeOf(b, weekdays))) {
    const run = runs.at(-1)
    if (run && run[1] % 7 === day - 1) run[1] = day
    else runs.push([day, day])
  }
  return runs.flatMap(([a, b]): [number, number][] =>
    b === (a % 7) + 1
      ? [
          [a, a],
          [b, b],
        ]
      : [[a, b]],
  )
}

/** Weeks and the days in them, as a language writes them. */
export function weekFormats({ locale, list }: Formats) {
  const short = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const head = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const range = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    ...clockTimes(locale),
    weekday: (weekday: number) => long.format(someDay(weekday)),
    shortWeekday: (weekday: number) => short.format(someDay(weekday)),
    /** 'Monday', 'Mon and Wed', 'Mon–Fri'. */
    weekdays: (weekdays: number[]) => {
      const [first, ...rest] = runsOf(weekdays)
      if (first && !rest.length && first[0] === first[1]) return long.format(someDay(first[0]))
      const days = [first ?? [], ...rest].map((run) => [...new Set(run)].map((day) => short.format(someDay(day))))
      return list(days.map((run) => run.join('–')))
    },
    dayHead: (day: string) => head.format(noon(day)),
    weekOf: (from: string, to: string) => range.formatRange(noon(from), noon(to)),
  }
}
