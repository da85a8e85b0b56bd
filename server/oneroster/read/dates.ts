/** What a cell says of a day by itself. What it leaves open, its column decides. */
import { isCivilDate } from '../../../db/kinds.ts'
import { addDays, mondayOf } from '../../calendar.ts'
import { monthWords, plainWords, wordsOf } from './month-words.ts'

export const dateOrders = ['mdy', 'dmy'] as const
export type DateOrder = (typeof dateOrders)[number]

/** Of `day`, `either` and `serial` a cell has one; with none of them it says no day. */
export interface Reading {
  day?: string | null
  order?: DateOrder
  either?: Record<DateOrder, string>
  /** The day that a spreadsheet means by such a number. */
  serial?: string
  /** It may be the day before or after at the school. */
  isUtc?: true
}

const certain = (day: string | undefined, order?: DateOrder): Reading => (day ? { day, ...(order && { order }) } : {})

function civil(year: string, month: string | number, day: string): string | undefined {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? date : undefined
}

/** ISO 8601: week 1 has 4 January in it, and its first day is a Monday. */
function ofWeek(year: string, week: number, weekday: number): string | undefined {
  const day = addDays(mondayOf(`${year}-01-04`), (week - 1) * 7 + weekday - 1)
  const isOfYear = addDays(mondayOf(day), 3).startsWith(year)
  return week > 0 && weekday > 0 && weekday < 8 && isOfYear ? day : undefined
}

function ofYear(year: string, number: number): string | undefined {
  const day = addDays(`${year}-01-01`, number - 1)
  return day.startsWith(year) ? day : undefined
}

function yearFirst(text: string): string | undefined {
  const [, year = '', sign, month = '', day = ''] = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})\.?$/.exec(text) ?? []
  if (year && (sign || text.length === 8)) return civil(year, month, day)
  const eastern = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]$/.exec(text.normalize('NFC'))
  if (eastern) return civil(eastern[1] ?? '', eastern[2] ?? '', eastern[3] ?? '')
  const inWeek = /^(\d{4})(-?)W(\d{2})\2(\d)$/i.exec(text)
  if (inWeek) return ofWeek(inWeek[1] ?? '', Number(inWeek[3]), Number(inWeek[4]))
  const inYear = /^(\d{4})-(\d{3})$/.exec(text)
  return inYear ? ofYear(inYear[1] ?? '', Number(inYear[2])) : undefined
}

const weekdays = /^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?$/

function named(text: string): string | undefined {
  const words = wordsOf(plainWords(text))
  const numbers = words.filter((word) => /^\d/.test(word))
  if (numbers.length !== 2 || words.length === 2) return undefined
  const { months, fillers } = monthWords()
  const others = words.filter((word) => !/^\d/.test(word) && !fillers.has(word))
  const month = others.map((word) => months.get(word)).filter((one) => one !== undefined)
  const isWhole = others.every((word) => months.has(word) || weekdays.test(word))
  const year = numbers.find((number) => number.length === 4)
  const day = numbers.find((number) => number.length < 3)
  return year && day && isWhole && month.length === 1 ? civil(year, month[0] ?? 0, day) : undefined
}

function yearLast(text: string): Reading | undefined {
  const [, a = '', , b = '', year = ''] = /^(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4})\.?$/.exec(text) ?? []
  if (!year) return undefined
  const [mdy, dmy] = [civil(year, a, b), civil(year, b, a)]
  if (mdy && dmy) return mdy === dmy ? certain(mdy) : { either: { mdy, dmy } }
  return mdy ? certain(mdy, 'mdy') : certain(dmy, 'dmy')
}

/** Spreadsheets count a 29 February 1900, so that day 61 is 1 March of that year. */
const serialDay = (number: string) => addDays('1899-12-30', Number.parseInt(number, 10))

const isoTime =
  /(?<=\d)T(?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2}(?:[.,]\d+)?))?)?\s?(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i
const clockTime =
  /,?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}(?:[.,]\d+)?))?(?:\s?(?<half>[AP])\.?M\.?)?\s?(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i
/** XML writes days so. */
const zoneOfDay = /(?<=^\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$/i

function withoutTime(text: string): { day: string; isUtc: boolean } | undefined {
  const found = isoTime.exec(text) ?? clockTime.exec(text)
  if (!found?.groups) return { day: text.replace(zoneOfDay, ''), isUtc: false }
  const { hour, minute = '0', second = '0', half, zone = '' } = found.groups
  if (Number(hour) > (half ? 12 : 23) || Number(minute) > 59) return undefined
  const isFirstHour = half ? /a/i.test(half) && Number(hour) % 12 === 0 : Number(hour) === 0
  const isMidnight = isFirstHour && Number(minute) === 0 && Number(second.replace(',', '.')) === 0
  const isUtc = /^(Z|UTC|GMT|[+-]00(:?00)?)$/i.test(zone)
  return { day: text.slice(0, found.index), isUtc: isUtc && !isMidnight }
}

const plainDay = /^\d{4}-\d\d-\d\d$/

export function readingOf(text: string): Reading {
  if (plainDay.test(text) && isCivilDate(text)) return { day: text }
  if (!text || /^0000-00-00/.test(text)) return { day: null }
  if (/^[1-9]\d{4}([.,]\d+)?$/.test(text)) return { serial: serialDay(text) }
  const { day, isUtc } = withoutTime(text) ?? { day: '', isUtc: false }
  const reading = yearLast(day) ?? certain(yearFirst(day) ?? named(day))
  return isUtc ? { ...reading, isUtc } : reading
}
