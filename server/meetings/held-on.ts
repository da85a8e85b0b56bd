/** Answers on which days and at which times meetings are held: all that asks "does it meet that day" asks here. */
import { isOpenKind } from '../../db/values.ts'
import type { DayRange } from '../calendar.ts'
import { addDays, dayAfter, dayBefore, daysFrom, onWeekday, shared, spanOf, weekdayOf } from '../calendar.ts'
import type { SchoolDays, Times } from './school-days.ts'

export interface Planned extends Times {
  weekday: number | null
  cycleDay: number | null
  periodId: string | null
}
export interface PlannedFor extends Planned {
  validFrom: string
  validTo: string | null
}
export interface HeldOn<M> extends Times {
  meeting: M
  date: string
}

const scheduleNamed = ({ bells, usual }: SchoolDays, id: string | null): string | null =>
  id && bells.has(id) ? id : usual

/** Undefined where the schedule lacks the period. Without a bell schedule a meeting has its own times. */
function timesIn(
  days: SchoolDays,
  schedule: string | null,
  { periodId, startTime, endTime }: Planned,
): Times | undefined {
  if (!periodId || !schedule) return { startTime, endTime }
  return days.bells.get(schedule)?.get(periodId)
}

export const usualTimes = (days: SchoolDays, meeting: Planned): Times =>
  timesIn(days, days.usual, meeting) ?? { startTime: meeting.startTime, endTime: meeting.endTime }

/** The day of the cycle; 'any' where nobody knows which. A year that was laid out with a cycle keeps it when the next has none. */
function cycleOn({ stored, hasCycle }: SchoolDays, date: string): number | 'any' | null {
  return stored.get(date)?.cycleDay ?? (hasCycle ? null : 'any')
}

/** A meeting on a day of the cycle may be on that date or another where the date has none. */
export const isDatedOn = (days: SchoolDays, { weekday }: Pick<Planned, 'weekday'>, date: string): boolean =>
  weekday !== null || cycleOn(days, date) !== 'any'

/** The times at which it is held on that day, were it valid; undefined where it is not held. */
export function timesOn(days: SchoolDays, meeting: Planned, date: string): Times | undefined {
  const day = days.stored.get(date)
  if (day && !isOpenKind(day.kind)) return undefined
  if (meeting.weekday === null) {
    const cycleDay = cycleOn(days, date)
    if (cycleDay !== 'any' && cycleDay !== meeting.cycleDay) return undefined
  } else if (weekdayOf(date) !== meeting.weekday) return undefined
  return timesIn(days, scheduleNamed(days, day?.bellScheduleId ?? null), meeting)
}

const byDay = ({ weekday, cycleDay }: Planned): string =>
  weekday === null ? `cycle ${cycleDay}` : `weekday ${weekday}`

function keysOn(days: SchoolDays, date: string, all: Iterable<string>): string[] {
  const cycleDay = cycleOn(days, date)
  const ofCycle = cycleDay === 'any' ? [...all].filter((key) => key.startsWith('cycle')) : [`cycle ${cycleDay}`]
  return [`weekday ${weekdayOf(date)}`, ...ofCycle]
}

/** Day after day, in the order of `meetings`. In a school without a cycle, a cycle day is held on every open day. */
export function heldOn<M extends PlannedFor>(
  days: SchoolDays,
  meetings: readonly M[],
  { from, to }: { from: string; to: string },
): HeldOn<M>[] {
  const byKey = new Map<string, M[]>()
  for (const meeting of meetings) {
    const key = byDay(meeting)
    const same = byKey.get(key)
    if (same) same.push(meeting)
    else byKey.set(key, [meeting])
  }
  const held: HeldOn<M>[] = []
  for (const date of daysFrom(from, to)) {
    const day = days.stored.get(date)
    if (day && !isOpenKind(day.kind)) continue
    const schedule = scheduleNamed(days, day?.bellScheduleId ?? null)
    for (const key of keysOn(days, date, byKey.keys()))
      for (const meeting of byKey.get(key) ?? []) {
        if (meeting.validFrom > date || (meeting.validTo && meeting.validTo < date)) continue
        const times = timesIn(days, schedule, meeting)
        if (times) held.push({ meeting, date, startTime: times.startTime, endTime: times.endTime })
      }
  }
  return held
}

export function heldIn(days: SchoolDays, meeting: Planned, range: DayRange): DayRange | undefined {
  return bothHeld(days, { ...meeting, days: range }, { ...meeting, days: range })
}

export interface Held extends Planned {
  days: DayRange
}

interface Index {
  schedules: readonly (string | null)[]
  open: readonly DayRange[]
  datesBy: Map<string, readonly string[]>
}
const indexes = new WeakMap<SchoolDays, Index>()

function gapsOf(stored: SchoolDays['stored']): DayRange[] {
  const gaps: DayRange[] = []
  let next: string | null = null
  for (const date of stored.keys()) {
    if (next === null || next < date) gaps.push({ beginDate: next, endDate: dayBefore(date) })
    next = dayAfter(date)
  }
  return [...gaps, { beginDate: next, endDate: null }]
}

function indexOf(days: SchoolDays): Index {
  const known = indexes.get(days)
  if (known) return known
  const open = [...days.stored.values()].filter(({ kind }) => isOpenKind(kind))
  const schedules = [...new Set(open.map(({ bellScheduleId }) => scheduleNamed(days, bellScheduleId)))]
  const made = { schedules, open: gapsOf(days.stored), datesBy: new Map() }
  indexes.set(days, made)
  return made
}

const ofAny = (a: number | null, b: number | null) => a ?? b

function sharedDates(days: SchoolDays, schedule: string | null, a: Planned, b: Planned): readonly string[] {
  const [weekday, cycleDay] = [ofAny(a.weekday, b.weekday), ofAny(a.cycleDay, b.cycleDay)]
  const isOfCycle = (date: string) => cycleDay === null || [cycleDay, 'any'].includes(cycleOn(days, date) ?? 0)
  const key = `${schedule} ${weekday} ${cycleDay}`
  const { datesBy } = indexOf(days)
  const known = datesBy.get(key)
  if (known) return known
  const dates = [...days.stored.values()].flatMap((day) =>
    isOpenKind(day.kind) &&
    scheduleNamed(days, day.bellScheduleId) === schedule &&
    (weekday === null || weekdayOf(day.date) === weekday) &&
    isOfCycle(day.date)
      ? [day.date]
      : [],
  )
  datesBy.set(key, dates)
  return dates
}

function ends(dates: readonly string[], { beginDate, endDate }: DayRange): DayRange[] {
  const first = dates.find((date) => !beginDate || date >= beginDate)
  const last = dates.findLast((date) => !endDate || date <= endDate)
  return first && last && first <= last ? [{ beginDate: first, endDate: last }] : []
}

const mayShareDay = (a: Planned, b: Planned): boolean =>
  a.weekday === null || b.weekday === null
    ? a.cycleDay === null || b.cycleDay === null || a.cycleDay === b.cycleDay
    : a.weekday === b.weekday

function meetAtOnce(days: SchoolDays, schedule: string | null, a: Planned, b: Planned): boolean {
  const [one, other] = [timesIn(days, schedule, a), timesIn(days, schedule, b)]
  return !!one && !!other && one.startTime < other.endTime && other.startTime < one.endTime
}

/** On days that are not stored: a cycle day has no date where the school has a cycle. */
function onOpenDays(days: SchoolDays, range: DayRange, a: Planned, b: Planned): DayRange[] {
  const weekday = ofAny(a.weekday, b.weekday)
  const isUndated = a.weekday === null || b.weekday === null
  if ((isUndated && days.hasCycle) || !meetAtOnce(days, days.usual, a, b)) return []
  return indexOf(days).open.flatMap((gap) => {
    const both = shared(range, gap)
    return (both && onWeekday(both, weekday)) ?? []
  })
}

/** Undefined where there is no such day. Meetings that only touch are not held at once. Where no day of a cycle is stored, one may be any weekday. */
export function bothHeld(days: SchoolDays, a: Held, b: Held): DayRange | undefined {
  if (!mayShareDay(a, b)) return undefined
  const range = shared(a.days, b.days)
  if (!range) return undefined
  const found = indexOf(days).schedules.flatMap((schedule) =>
    meetAtOnce(days, schedule, a, b) ? ends(sharedDates(days, schedule, a, b), range) : [],
  )
  found.push(...onOpenDays(days, range, a, b))
  return found.length ? spanOf(found) : undefined
}

export function spanOfTimes(days: SchoolDays, meeting: Planned): Times {
  if (!meeting.periodId) return meeting
  const times = [...days.bells.values()].flatMap((bell) => bell.get(meeting.periodId ?? '') ?? [])
  const all = [{ startTime: meeting.startTime, endTime: meeting.endTime }, ...times]
  return {
    startTime: all.map(({ startTime }) => startTime).reduce((a, b) => (a < b ? a : b)),
    endTime: all.map(({ endTime }) => endTime).reduce((a, b) => (a > b ? a : b)),
  }
}

/** The first days from `from` on which classes can meet, of at most so many that are looked at. */
export const openDays = (days: SchoolDays, from: string, count: number, lookedAt: number): string[] =>
  daysFrom(from, addDays(from, lookedAt - 1))
    .filter((date) => isOpenKind(days.stored.get(date)?.kind ?? 'instruction'))
    .slice(0, count)
