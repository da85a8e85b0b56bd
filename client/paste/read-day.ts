import { readDate } from '../ui/read-date.ts'

/** In which order a date of three numbers has day and month. */
export type DayOrder = 'dayFirst' | 'monthFirst'

const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/
/** Spreadsheets copy the midnight at which a day begins. */
const midnight = /[ T](?:0?0:00(?::00)?(?:\.0+)?|12:00(?::00)? ?AM)$/i
const bare = (text: string): string => text.trim().replace(midnight, '')

/** The order that the numbers themselves leave open to nobody: 25/12/2011. Undefined where both are possible. */
function orderOf(one: number, other: number): DayOrder | undefined {
  if (one > 12 || one === other) return 'dayFirst'
  return other > 12 ? 'monthFirst' : undefined
}

/** '07/08/2015', of which a person must say what it means. */
export function isUnclearDay(text: string): boolean {
  const [, one, other] = numbers.exec(bare(text)) ?? []
  return one !== undefined && orderOf(Number(one), Number(other)) === undefined
}

/** What dates of three numbers in these cells say about their order: whether one is open, and what the others decide. */
export function dayOrderIn(cells: readonly string[]): { isOpen: boolean; decided?: DayOrder; by?: string } {
  const telling = new Map<DayOrder, string>()
  let isUnclear = false
  for (const cell of cells) {
    const [, one, other] = numbers.exec(bare(cell)) ?? []
    if (one === undefined || Number(one) === Number(other)) continue
    const order = orderOf(Number(one), Number(other))
    if (order) telling.set(order, cell.trim())
    else isUnclear = true
  }
  const [decided, contrary] = telling
  if (!decided || contrary || !isUnclear) return { isOpen: isUnclear }
  return { isOpen: false, decided: decided[0], by: decided[1] }
}

/** Excel counts days; one of this century or the last is meant. */
const serial = /^[1-7]\d{4}(?:\.0+)?$/
const dayInMs = 86_400_000
const ofSerial = (text: string): string | undefined =>
  serial.test(text) ? new Date(Date.UTC(1899, 11, 30) + Number(text) * dayInMs).toISOString().slice(0, 10) : undefined

/** Two digits are a year that has begun or is next. */
function wholeYear(year: string, now: number): string {
  if (year.length === 4) return year
  const century = Math.floor(now / 100) * 100
  const whole = century + Number(year)
  return String(whole > now + 1 ? whole - 100 : whole)
}

/** 'YYYY-MM-DD' of a date as people and spreadsheets write it; one of three numbers in the order that it shows or that is known. */
export function readDay(
  text: string,
  locale: string,
  order: DayOrder | undefined,
  now = new Date().getUTCFullYear(),
): string | undefined {
  const day = bare(text)
  const [, one = '', other = '', year = ''] = numbers.exec(day) ?? []
  if (!year) return ofSerial(day) ?? readDate(day, locale)
  const known = order ?? orderOf(Number(one), Number(other))
  if (!known) return undefined
  const [of, month] = known === 'dayFirst' ? [one, other] : [other, one]
  return readDate(`${wholeYear(year, now)}-${month}-${of}`, locale)
}

/** A number that Excel may have made of a day: a student number can look the same. */
export const isSerial = (text: string): boolean => serial.test(bare(text))
