import type { DatePart, DateWords } from './date-words.ts'
import { dateWords, dotted, isNumber, partsOf, plainDate, skeletonOf } from './date-words.ts'

/** How an English, French or Portuguese day is counted: 7th, 1er, 1º; and '7th of July'. */
const counted = /(?<=\d\.?)(st|nd|rd|th|er|o)(?!\p{L})/gu
const english = ['en-GB', 'en-US']

type Fits = (name: string) => boolean
const monthsWhere = (words: readonly DateWords[], fits: Fits): Set<number> =>
  new Set(words.flatMap(({ months }) => months.flatMap((names, index) => ([...names].some(fits) ? [index + 1] : []))))

/** The month called by the word, or the only one that begins with it, in the school's language or in English. */
function monthOf(word: string, own: DateWords): number | undefined {
  const called = monthsWhere([own], (name) => name === word)
  const begun = () => {
    const all = [own, ...english.map(dateWords)]
    return monthsWhere(all, (name) => word.length >= 3 && name.startsWith(word))
  }
  const [month, other] = called.size ? called : begun()
  return other === undefined ? month : undefined
}

function civilDate(year: string, month: number, day: string): string | undefined {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(day)) return undefined
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1000
  return isReal ? date.toISOString().slice(0, 10) : undefined
}

/** A month in digits is understood if the year comes first, or if the separators are those of the locale's own dates. */
function ofNumbers(text: string, parts: readonly string[], { orders }: DateWords): string | undefined {
  const numbers = parts.filter(isNumber)
  const [first = '', second = '', third = ''] = numbers
  if (numbers.length !== 3) return undefined
  const skeleton = skeletonOf(parts)
  if (/^\d{4}$/.test(first) && skeleton === '# # #') return civilDate(first, Number(second), third)
  const isDotted = /^\s*\d{1,2}\.\s*\d{1,2}\.\s*\d{4}\s*$/.test(text)
  const order = orders.get(isDotted ? dotted : skeleton)
  const of = (part: DatePart) => numbers[order?.indexOf(part) ?? -1] ?? ''
  return order && civilDate(of('year'), Number(of('month')), of('day'))
}

/**
 * '7 Jul 2015', 'July 7, 2015', '2015-07-07' and what the locale itself writes as 'YYYY-MM-DD'; undefined for anything
 * else. '07/08/2015' is not read, since nobody can say which of the two is the month.
 */
export function readDate(text: string, locale: string): string | undefined {
  const own = dateWords(locale)
  const plain = plainDate(text).replace(counted, ' ')
  const parts = partsOf(plain)
  const words = parts.filter((part) => !(isNumber(part) || own.fillers.has(part) || part === 'of'))
  const [word = ''] = words
  if (!words.length) return ofNumbers(plain, parts, own)
  const numbers = parts.filter(isNumber)
  const month = words.length === 1 && numbers.length === 2 ? monthOf(word, own) : undefined
  const [year = '', day = ''] = numbers.toSorted((one, other) => other.length - one.length)
  return month === undefined ? undefined : civilDate(year, month, day)
}
