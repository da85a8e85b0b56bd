/** Closed days as people have them: the lines of a document. */
import { readDate } from '../ui/read-date.ts'
import type { Range, ReadHoliday } from './holiday.ts'
import { noteOf } from './holiday.ts'

export interface HolidaysRead {
  holidays: ReadHoliday[]
  /** Lines that begin with no date. */
  unread: string[]
}

/** A day without its year is the one within the range. */
function dayIn(text: string, locale: string, { from, to }: Range): string | undefined {
  const whole = readDate(text, locale)
  if (whole) return whole
  const years = [...new Set([from.slice(0, 4), to.slice(0, 4)])]
  return years.flatMap((year) => readDate(`${text} ${year}`, locale) ?? []).find((day) => from <= day && day <= to)
}

/** The longest beginning that is a day, and what follows it. */
function leadingDay(line: string, locale: string, range: Range): { day: string; rest: string } | undefined {
  const ends = [...line.matchAll(/(?=[\s,:;–—-])|$/g)].map(({ index }) => index).filter((index) => index > 0)
  for (const end of ends.filter((index) => index <= 30).toReversed()) {
    const text = line.slice(0, end)
    const day = /[\p{L}\p{N}.]$/u.test(text) && dayIn(text, locale, range)
    if (day) return { day, rest: line.slice(end) }
  }
  return undefined
}

/** A dash or a short word: 24 to 26, 24 bis 26, 24 au 26. */
const between = /^\s*(?:[-–—]+|\p{L}{1,5}(?=\s))\s*/u
const beforeNote = /^[\s,:;.–—-]+/

/** 'Nov 25-27' and 'November 25-27, 2026': the last day has the month of the first. */
function sameMonth(rest: string, first: string): { day: string; rest: string } | undefined {
  const found = /^\s*[-–—]\s*(\d{1,2})(?:,?\s+(\d{4}))?(?=[\s,:;.]|$)/.exec(rest)
  if (!found) return undefined
  const [whole, number = '', year = first.slice(0, 4)] = found
  const day = `${year}-${first.slice(5, 8)}${number.padStart(2, '0')}`
  return day > first && readDate(day, 'en-GB') ? { day, rest: rest.slice(whole.length) } : undefined
}

const weekdaysBy = new Map<string, Set<string>>()
function weekdaysOf(locale: string): Set<string> {
  const known = weekdaysBy.get(locale)
  if (known) return known
  const names = [locale, 'en-GB'].flatMap((language) =>
    (['long', 'short'] as const).flatMap((weekday) => {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' })
      return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2024, 0, 1 + day)))
    }),
  )
  const all = new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')))
  weekdaysBy.set(locale, all)
  return all
}

/** 'Thursday, 26 November' is the 26th. */
function withoutWeekday(line: string, locale: string): string {
  const [whole = '', word = ''] = /^(\p{L}+)[.,]*\s+/u.exec(line) ?? []
  return weekdaysOf(locale).has(word.toLowerCase()) ? line.slice(whole.length) : line
}

function holidayIn(line: string, locale: string, range: Range): ReadHoliday | undefined {
  const first = leadingDay(withoutWeekday(line, locale), locale, range)
  if (!first) return undefined
  const after = between.exec(first.rest)?.[0]
  const other = after && leadingDay(withoutWeekday(first.rest.slice(after.length), locale), locale, range)
  const last = other || sameMonth(first.rest, first.day)
  if (last && last.day < first.day) return undefined
  const { day: to, rest } = last ?? first
  return { from: first.day, to, note: noteOf(rest.replace(beforeNote, '')) }
}

/** Each line is a day, or two with a dash between them, and what they are called. */
export function readHolidayLines(text: string, locale: string, range: Range): HolidaysRead {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const read = lines.map((line) => ({ line, holiday: holidayIn(line, locale, range) }))
  return {
    holidays: read.flatMap(({ holiday }) => holiday ?? []),
    unread: read.filter(({ holiday }) => !holiday).map(({ line }) => line),
  }
}
