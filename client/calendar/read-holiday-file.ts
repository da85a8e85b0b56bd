/** Closed days out of the calendar file of another program (RFC 5545). Only whole days close a school. */
import { wallClock } from '../../db/wall-clock.ts'
import { daysLater } from '../meetings/timetable-search.ts'
import type { Range, ReadHoliday } from './holiday.ts'
import { noteOf } from './holiday.ts'

export interface FileRead {
  holidays: ReadHoliday[]
  /** Events of some hours: such as a parents' evening. */
  timed: number
  /** What they are called: they come again by a rule that is not read. */
  repeated: string[]
}
interface Event {
  fields: Map<string, string>
}

/** The end of a field's name and of its parameters: those in quotes may have colons of their own. */
function colonIn(line: string): number {
  let isQuoted = false
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '"') isQuoted = !isQuoted
    else if (line[index] === ':' && !isQuoted) return index
  }
  return -1
}

/** What stands in a part of an event, such as its alarm, is not the event's. */
function eventsIn(text: string): Event[] {
  const events: Event[] = []
  let event: Event | undefined
  let depth = 0
  for (const line of text.replace(/(?:\r\n|\r|\n)[ \t]/g, '').split(/[\r\n]+/)) {
    const colon = colonIn(line)
    const name = line.slice(0, Math.max(colon, 0)).split(';')[0]?.trim().toUpperCase() ?? ''
    const value = line.slice(colon + 1).trim()
    if (name === 'BEGIN' && !event) event = value.toUpperCase() === 'VEVENT' ? { fields: new Map() } : undefined
    else if (name === 'BEGIN') depth += 1
    else if (name === 'END' && depth) depth -= 1
    else if (name === 'END' && event) {
      events.push(event)
      event = undefined
    } else if (event && !depth && !event.fields.has(name)) event.fields.set(name, value)
  }
  return events
}

interface Moment {
  day: string
  /** None of a whole day. */
  time: string | null
}

/** An instant stands on the school's clock, and every other time as its program wrote it. */
function momentOf(value: string, timeZone: string): Moment | undefined {
  const [, year, month, date, hour, minute, utc] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d*(Z?))?$/.exec(value) ?? []
  const day = `${year}-${month}-${date}`
  const at = new Date(`${day}T${hour ?? '12'}:${minute ?? '00'}:00Z`)
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day)) return undefined
  if (!utc) return { day, time: hour ? `${hour}:${minute}` : null }
  const { date: onClock, time } = wallClock(at, timeZone)
  return { day: onClock, time: time.slice(0, 5) }
}

/** The last of the days from `from`, or undefined where they are not whole days. */
function lastDay(from: Moment, { fields }: Event, timeZone: string): string | undefined {
  const end = momentOf(fields.get('DTEND') ?? '', timeZone)
  const [, weeks, days, hours] = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?/.exec(fields.get('DURATION') ?? '') ?? []
  const lasts = Number(weeks ?? 0) * 7 + Number(days ?? 0) + Number(hours ?? 0) / 24
  if (from.time !== null && from.time !== '00:00') return undefined
  if (end?.time === '23:59') return end.day
  if (end) return end.time && end.time !== '00:00' ? undefined : daysLater(end.day, -1)
  if (lasts > 0 && lasts <= 3660) return !Number.isInteger(lasts) ? undefined : daysLater(from.day, lasts - 1)
  return from.time === null ? from.day : undefined
}

const yearly = /^FREQ=YEARLY(?:;(?:INTERVAL=1|COUNT=\d+|UNTIL=\d{8}\w*|WKST=\w\w|BYMONTH=\d+|BYMONTHDAY=\d+))*$/i

/** By how many years a day of every year moves into the range; undefined for any other rule. */
function yearsLater(rule: string, from: string, range: Range): number[] | undefined {
  if (!rule) return [0]
  if (!yearly.test(rule)) return undefined
  const first = Number(from.slice(0, 4))
  const times = Number(/COUNT=(\d+)/i.exec(rule)?.[1] ?? 9999)
  const until = Number(/UNTIL=(\d{4})/i.exec(rule)?.[1] ?? 9999)
  const before = Number(range.from.slice(0, 4)) - 1 - first
  return Array.from({ length: Number(range.to.slice(0, 4)) - first - before + 1 }, (_, index) => before + index).filter(
    (by) => by >= 0 && by < times && first + by <= until,
  )
}

const inYear = (day: string, by: number): string => `${Number(day.slice(0, 4)) + by}${day.slice(4)}`
const isReal = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(`${day}T12:00:00Z`).toISOString().startsWith(day)
const isWithin = ({ from, to }: Range, range: Range): boolean => from <= range.to && to >= range.from

const unescaped = (text: string) => text.replace(/\\(.)/g, (_, of: string) => (of === 'n' || of === 'N' ? ' ' : of))

/** Of the events in the range. */
export function readHolidayFile(text: string, range: Range, timeZone: string): FileRead {
  const read: FileRead = { holidays: [], timed: 0, repeated: [] }
  for (const event of eventsIn(text)) {
    const first = momentOf(event.fields.get('DTSTART') ?? '', timeZone)
    if (!first || event.fields.get('STATUS')?.toUpperCase() === 'CANCELLED') continue
    const note = noteOf(unescaped(event.fields.get('SUMMARY') ?? ''))
    const rule = event.fields.get('RRULE') ?? ''
    const last = lastDay(first, event, timeZone)
    const all = yearsLater(rule, first.day, range)
    if (!all && first.day <= range.to) read.repeated.push(note ?? first.day)
    for (const by of all ?? [0]) {
      const days = { from: inYear(first.day, by), to: inYear(last && last > first.day ? last : first.day, by) }
      if (!isReal(days.from) || !isReal(days.to) || !isWithin(days, range)) continue
      if (last) read.holidays.push({ ...days, note })
      else if (!rule) read.timed += 1
    }
  }
  return read
}
