/** Closed days as people have them: lines of a document, or the file of another calendar. */

import { daysLater } from '../meetings/timetable-search.ts'
import { readDate } from '../ui/read-date.ts'

export interface ReadHoliday {
  from: string
  to: string
  note: string | null
}
export interface HolidaysRead {
  holidays: ReadHoliday[]
  /** Lines that begin with no date. */
  unread: string[]
}
interface Range {
  from: string
  to: string
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
  const ends = [...line.matchAll(/(?=[\s,:;–—])|$/g)].map(({ index }) => index).filter((index) => index > 0)
  for (const end of ends.filter((index) => index <= 30).toReversed()) {
    const text = line.slice(0, end)
    const day = /[\p{L}\p{N}.]$/u.test(text) && dayIn(text, locale, range)
    if (day) return { day, rest: line.slice(end) }
  }
  return undefined
}

const between = /^\s*(?:[-–—]|to\b|until\b)\s*/i
const beforeNote = /^[\s,:;.–—-]+/

function holidayIn(line: string, locale: string, range: Range): ReadHoliday | undefined {
  const first = leadingDay(line, locale, range)
  if (!first) return undefined
  const last = between.test(first.rest) && leadingDay(first.rest.replace(between, ''), locale, range)
  const { day: to, rest } = last && last.day >= first.day ? last : first
  return { from: first.day, to, note: rest.replace(beforeNote, '').trim().slice(0, 500) || null }
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

const unescaped = (text: string) => text.replace(/\\n/gi, ' ').replace(/\\([\\;,])/g, '$1')
const dateIn = (value: string) => value.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')

/** RFC 5545: the end of whole days is the day after them. */
export function readHolidayFile(text: string): ReadHoliday[] {
  const events = text
    .replace(/\r?\n[ \t]/g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
  return events.flatMap((event) => {
    const fieldOf = (name: string) => new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? ''
    const from = dateIn(fieldOf('DTSTART'))
    if (!/^\d{4}-\d\d-\d\d$/.test(from)) return []
    const end = fieldOf('DTEND')
    const to = /^\d{8}$/.test(end) ? daysLater(dateIn(end), -1) : end ? dateIn(end) : from
    return [{ from, to: to < from ? from : to, note: unescaped(fieldOf('SUMMARY')).slice(0, 500) || null }]
  })
}
