import { readDate } from '../ui/read-date.ts'

/** In which order a date of three numbers has day and month: nobody can tell from the numbers alone. */
export type DayOrder = 'dayFirst' | 'monthFirst'

const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/
/** '07/08/2015', of which a person must say what it means. */
export const isUnclearDay = (text: string): boolean => numbers.test(text.trim())

/** 'YYYY-MM-DD' of a date as people write it; one of three numbers only in a known order. */
export function readDay(text: string, locale: string, order: DayOrder | undefined): string | undefined {
  const [, one = '', other = '', year = ''] = numbers.exec(text.trim()) ?? []
  if (!year) return readDate(text, locale)
  if (!order) return undefined
  const [day, month] = order === 'dayFirst' ? [one, other] : [other, one]
  return readDate(`${year}-${month}-${day}`, locale)
}
