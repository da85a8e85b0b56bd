import { offeredLocales } from '../../../db/values.ts'

const styles = [
  { day: 'numeric', month: 'long', year: 'numeric' },
  { day: 'numeric', month: 'short', year: 'numeric' },
  { month: 'long' },
  { month: 'short' },
] as const

/** Without case, accents and marks of direction; Arabic digits are 0 to 9. */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll('ı', 'i')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))

export const wordsOf = (plain: string): string[] => plain.match(/[\p{L}]+|\d+/gu) ?? []

interface MonthWords {
  /** January is 1. A word that means two months in two languages is none. */
  months: ReadonlyMap<string, number>
  /** What stands in every date of a language: 'de'. */
  fillers: ReadonlySet<string>
}

function monthsIn(locale: string): Set<string>[] {
  const formats = styles.map(
    (style) => new Intl.DateTimeFormat(locale, { ...style, calendar: 'gregory', timeZone: 'UTC' }),
  )
  return Array.from({ length: 12 }, (_, month) => {
    const written = formats.map((format) => format.format(Date.UTC(2015, month, 25)))
    return new Set(written.flatMap((text) => wordsOf(plainWords(text))).filter((word) => !/^\d/.test(word)))
  })
}

function gathered(): MonthWords {
  const meanings = new Map<string, Set<number>>()
  const fillers = new Set(['of', 'the', 'st', 'nd', 'rd', 'th', 'er'])
  for (const locale of offeredLocales) {
    const months = monthsIn(locale)
    for (const [at, words] of months.entries())
      for (const word of words)
        if (months.every((others) => others.has(word))) fillers.add(word)
        else meanings.set(word, (meanings.get(word) ?? new Set()).add(at + 1))
  }
  const certain = [...meanings].flatMap(([word, [month, other]]) =>
    month && !other && !fillers.has(word) ? [[word, month] as const] : [],
  )
  return { months: new Map(certain), fillers }
}

let made: MonthWords | undefined
export function monthWords(): MonthWords {
  made ??= gathered()
  return made
}
