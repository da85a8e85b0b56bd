import { monthNames } from '../messages/formats.ts'

const plain = (text: string) => text.toLocaleLowerCase().replace(/\./g, '')

/** The month whose name begins with the word, in the school's language or in English. */
function monthOf(word: string, locale: string): number | undefined {
  const wanted = plain(word)
  if (wanted.length < 3) return undefined
  for (const language of [locale, 'en-GB', 'en-US']) {
    const index = monthNames(language).findIndex((names) =>
      names.some((name) => plain(name).startsWith(wanted) || wanted.startsWith(plain(name))),
    )
    if (index >= 0) return index + 1
  }
  return undefined
}

function civilDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000
  return isReal ? date.toISOString().slice(0, 10) : undefined
}

/**
 * '7 Jul 2015', 'July 7, 2015' and '2015-07-07' as 'YYYY-MM-DD'; undefined for anything else. '07/08/2015' is not read,
 * since nobody can say which of the two is the month.
 */
export function readDate(text: string, locale: string): string | undefined {
  const parts = text.trim().match(/[\p{L}\p{M}]+|\d+/gu) ?? []
  if (parts.length !== 3) return undefined
  const [first = '', second = '', third = ''] = parts
  if (/^\d{4}$/.test(first) && /^\d+$/.test(second)) return civilDate(Number(first), Number(second), Number(third))
  const [day, word] = /^\d+$/.test(first) ? [first, second] : [second, first]
  const month = monthOf(word, locale)
  if (!month || !/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(third)) return undefined
  return civilDate(Number(third), month, Number(day))
}
