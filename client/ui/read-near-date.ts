import { readDate } from './read-date.ts'

const dayLength = 86_400_000
/** So many days before today, and the rest of a year after it: about a school year. */
const looksBack = 120

/** As `readDate`; a day without its year, such as 'Dec 3', is the one in the school year around `today`. */
export function readNearDate(text: string, locale: string, today: string): string | undefined {
  const whole = readDate(text, locale)
  if (whole) return whole
  const first = new Date(Date.parse(today) - looksBack * dayLength).toISOString().slice(0, 10)
  const year = Number(first.slice(0, 4))
  return [year, year + 1].flatMap((one) => readDate(`${text} ${one}`, locale) ?? []).find((day) => day >= first)
}
