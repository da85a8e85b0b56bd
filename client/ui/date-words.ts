/** What a locale writes around the numbers of a date, derived from what Intl writes: 7. července 2015, 2015年7月7日. */
import { inLatinDigits } from '../messages/digits.ts'

const notSpaced = /\p{Script=Inherited}|\p{Cf}/gu
/** Without case, accents and the marks that turn text to the left, in the digits 0 to 9. */
export const plainDate = (text: string): string =>
  inLatinDigits(text.toLowerCase().normalize('NFKD').replace(notSpaced, '').replaceAll('ı', 'i'))

export const partsOf = (text: string): string[] => plainDate(text).match(/[\p{L}\p{M}]+|\d+/gu) ?? []
export const isNumber = (part: string): boolean => /^\d+$/.test(part)
/** '# thang # #' */
export const skeletonOf = (parts: readonly string[]): string =>
  parts.map((part) => (isNumber(part) ? '#' : part)).join(' ')

export type DatePart = 'year' | 'month' | 'day'

export interface DateWords {
  /** By month, how the locale calls it: alone, in a date, long and short. */
  months: readonly ReadonlySet<string>[]
  /** What stands in every date: 'de', 'р'. */
  fillers: ReadonlySet<string>
  /** The order of the numbers in a date without a month's name: of '# thang # #', and of '#.#.#' where that is written. */
  orders: ReadonlyMap<string, readonly DatePart[]>
}

const full = { day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const
const inDates = [
  { ...full, month: 'long' },
  { ...full, month: 'short' },
  { dateStyle: 'long', timeZone: 'UTC' },
  { dateStyle: 'medium', timeZone: 'UTC' },
] as const
const alone = [
  { month: 'long', timeZone: 'UTC' },
  { month: 'short', timeZone: 'UTC' },
  { month: 'long', year: 'numeric', timeZone: 'UTC' },
] as const

const written = (locale: string, styles: readonly Intl.DateTimeFormatOptions[], month: number, day: number) =>
  styles.map((style) => new Intl.DateTimeFormat(locale, style).format(Date.UTC(2015, month, day, 12)))

function monthsOf(locale: string): Pick<DateWords, 'months' | 'fillers'> {
  const said = Array.from({ length: 12 }, (_, month) => {
    const parts = written(locale, [...inDates, ...alone], month, 25).flatMap(partsOf)
    return new Set(parts.filter((part) => !isNumber(part)))
  })
  const fillers = new Set([...(said[0] ?? [])].filter((word) => said.every((words) => words.has(word))))
  return { months: said.map((words) => new Set([...words].filter((word) => !fillers.has(word)))), fillers }
}

const meanings: Partial<Record<string, DatePart>> = { '2015': 'year', '11': 'month', '25': 'day' }
export const dotted = '#.#.#'

function ordersOf(locale: string): Map<string, readonly DatePart[]> {
  const orders = new Map<string, readonly DatePart[]>()
  for (const text of written(locale, [...inDates, { timeZone: 'UTC' }], 10, 25)) {
    const parts = partsOf(text)
    const order = parts.flatMap((part) => meanings[part] ?? [])
    const skeleton = skeletonOf(parts)
    const key = /^\d+\.\s*\d+\.\s*\d+\.?$/.test(plainDate(text)) ? dotted : skeleton
    if (order.length === 3 && key !== '# # #') orders.set(key, order)
  }
  return orders
}

const known = new Map<string, DateWords>()

/** The words of a locale whose calendar is ours; of another calendar nothing is read but English and 2015-07-07. */
export function dateWords(locale: string): DateWords {
  const before = known.get(locale)
  if (before) return before
  const isOurs = new Intl.DateTimeFormat(locale).resolvedOptions().calendar === 'gregory'
  const words = isOurs
    ? { ...monthsOf(locale), orders: ordersOf(locale) }
    : { months: [], fillers: new Set<string>(), orders: new Map() }
  known.set(locale, words)
  return words
}

/** Whether the day stands before the month in the locale's dates of numbers. */
export const isDayFirst = (locale: string): boolean => {
  const parts = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit' }).formatToParts(0)
  return parts.find(({ type }) => type === 'day' || type === 'month')?.type === 'day'
}
