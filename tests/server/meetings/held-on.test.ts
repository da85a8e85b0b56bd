import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayKinds } from '../../../db/values.ts'
import { addDays, daysFrom, instantOf, mondayOf, shared } from '../../../server/calendar.ts'
import type { Held, PlannedFor } from '../../../server/meetings/held-on.ts'
import { bothHeld, heldIn, heldOn, isDatedOn, timesOn } from '../../../server/meetings/held-on.ts'
import type { SchoolDays, StoredDay } from '../../../server/meetings/school-days.ts'
import { noDays } from '../../../server/meetings/school-days.ts'
import { cases } from '../../thorough.ts'

const monday = '2026-11-23'
const own = { startTime: '09:00', endTime: '09:50', validFrom: '2026-09-01', validTo: null }
const onWeekday = (weekday: number, more: Partial<PlannedFor> = {}): PlannedFor => ({
  ...{ weekday, cycleDay: null, periodId: null, ...own, ...more },
})
const onCycleDay = (cycleDay: number): PlannedFor => ({ ...onWeekday(1), weekday: null, cycleDay })
const day = (date: string, more: Partial<StoredDay> = {}): StoredDay => ({
  ...{ date, kind: 'instruction', cycleDay: null, bellScheduleId: null, note: null, ...more },
})
const stored = (...days: StoredDay[]) => new Map(days.map((one) => [one.date, one]))
const bells = new Map([
  ['usual', new Map([['first', { startTime: '08:00', endTime: '08:45' }]])],
  ['delay', new Map([['first', { startTime: '10:00', endTime: '10:30' }]])],
  ['short', new Map()],
])
const week = (from: string) => ({ from, to: addDays(from, 6) })
const datesOf = (of: SchoolDays, meeting: PlannedFor, from = monday) =>
  heldOn(of, [meeting], week(from)).map(({ date, startTime }) => `${date} ${startTime}`)

describe('a meeting on a weekday', () => {
  test('is held each week in a school without a calendar', () => {
    expect(datesOf(noDays, onWeekday(4))).toEqual(['2026-11-26 09:00'])
  })

  test('is not held on Thanksgiving, and goes on the week after', () => {
    const of = { ...noDays, stored: stored(day('2026-11-26', { kind: 'holiday', note: 'Thanksgiving' })) }
    expect(datesOf(of, onWeekday(4))).toEqual([])
    expect(datesOf(of, onWeekday(4), '2026-11-30')).toEqual(['2026-12-03 09:00'])
  })

  test('is held from its first to its last day', () => {
    const meeting = onWeekday(4, { validFrom: '2026-11-26', validTo: '2026-11-26' })
    expect(heldOn(noDays, [meeting], { from: '2026-11-01', to: '2026-12-31' }).map(({ date }) => date)).toEqual([
      '2026-11-26',
    ])
  })
})

describe('a meeting in a period', () => {
  const inFirst = onWeekday(4, { periodId: 'first' })

  test('has the times of the day’s bell schedule', () => {
    const of = { ...noDays, bells, usual: 'usual' }
    expect(datesOf(of, inFirst)).toEqual(['2026-11-26 08:00'])
    const late = { ...of, stored: stored(day('2026-11-26', { kind: 'lateOrEarly', bellScheduleId: 'delay' })) }
    expect(datesOf(late, inFirst)).toEqual(['2026-11-26 10:00'])
  })

  test('is not held where the bell schedule lacks the period', () => {
    const of = { ...noDays, bells, usual: 'usual', stored: stored(day('2026-11-26', { bellScheduleId: 'short' })) }
    expect(datesOf(of, inFirst)).toEqual([])
    expect(datesOf(of, onWeekday(4))).toEqual(['2026-11-26 09:00'])
  })

  test('has its own times in a school without bell schedules', () => {
    expect(datesOf(noDays, inFirst)).toEqual(['2026-11-26 09:00'])
  })
})

describe('a meeting on a day of the cycle', () => {
  const of = {
    ...noDays,
    hasCycle: true,
    stored: stored(
      day('2026-11-23', { cycleDay: 1 }),
      day('2026-11-24', { cycleDay: 2 }),
      day('2026-11-25', { cycleDay: 1 }),
      day('2026-11-26', { kind: 'holiday', cycleDay: 2 }),
    ),
  }

  test('is held on the dates that have it, and on no day that is not stored', () => {
    expect(datesOf(of, onCycleDay(1))).toEqual(['2026-11-23 09:00', '2026-11-25 09:00'])
    expect(datesOf(of, onCycleDay(2))).toEqual(['2026-11-24 09:00'])
    expect(datesOf(of, onCycleDay(1), '2026-11-30')).toEqual([])
  })

  test('keeps its dates where the year after is laid out without a cycle, and may be any day of that', () => {
    const without = { ...of, hasCycle: false }
    expect(datesOf(without, onCycleDay(1))).toEqual(expect.arrayContaining(datesOf(of, onCycleDay(1))))
    expect(datesOf(without, onCycleDay(1))).not.toContain('2026-11-24 09:00')
    expect(datesOf(without, onCycleDay(1), '2026-11-30')).toContain('2026-11-30 09:00')
    expect(['2026-11-23', '2026-11-30'].map((date) => isDatedOn(without, onCycleDay(1), date))).toEqual([true, false])
  })

  test('collides with a weekday only on a date that is both', () => {
    const days = { beginDate: '2026-11-01', endDate: null }
    const both = (cycleDay: number, weekday: number) =>
      bothHeld(of, { ...onCycleDay(cycleDay), days }, { ...onWeekday(weekday), days })
    expect(both(1, 3)).toEqual({ beginDate: '2026-11-25', endDate: '2026-11-25' })
    expect(both(1, 2)).toBeUndefined()
    expect(bothHeld(noDays, { ...onCycleDay(1), days }, { ...onWeekday(2), days })).toEqual({
      beginDate: '2026-11-03',
      endDate: null,
    })
  })
})

test('two periods that overlap on a short day only collide on that day', () => {
  const times = (startTime: string, endTime: string) => ({ startTime, endTime })
  const of = {
    ...noDays,
    usual: 'usual',
    bells: new Map([
      [
        'usual',
        new Map([
          ['first', times('08:00', '08:45')],
          ['second', times('09:00', '09:45')],
        ]),
      ],
      [
        'short',
        new Map([
          ['first', times('10:00', '10:30')],
          ['second', times('10:15', '10:45')],
        ]),
      ],
    ]),
    stored: stored(day('2026-12-03', { bellScheduleId: 'short' })),
  }
  const days = { beginDate: '2026-11-01', endDate: null }
  const both = (periodId: string): Held => ({ ...onWeekday(4, { periodId }), days })
  expect(bothHeld(of, both('first'), both('second'))).toEqual({ beginDate: '2026-12-03', endDate: '2026-12-03' })
  expect(heldIn(of, onWeekday(4), days)).toEqual({ beginDate: '2026-11-05', endDate: null })
})

describe.each([
  ['Europe/London', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
])('in %s, across both changes of the clocks', (zone, ...changes) => {
  const everyDay = Array.from({ length: 7 }, (_, index) => onWeekday(index + 1, { validFrom: '2026-01-01' }))

  test.each(changes)('each day around %s is held once, at its time on the school’s clock', (change) => {
    const from = mondayOf(change)
    const held = heldOn(noDays, everyDay, { from, to: addDays(from, 13) })
    expect(held.map(({ date }) => date)).toEqual(daysFrom(from, addDays(from, 13)))
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    for (const { date, startTime } of held) expect(clock.format(instantOf(date, startTime, zone))).toBe(`${date} 09:00`)
    const [before, after] = [addDays(change, -1), change].map((date) => instantOf(date, '09:00', zone).getTime())
    expect(Math.abs(((after ?? 0) - (before ?? 0)) / 3_600_000 - 24)).toBe(1)
  })
})

const first = '2026-11-02'
const horizon = 24
const dates = daysFrom(first, addDays(first, horizon - 1))
const someDay = fc.record({
  kind: fc.constantFrom(...dayKinds),
  cycleDay: fc.option(fc.integer({ min: 1, max: 3 })),
  bellScheduleId: fc.option(fc.constantFrom('usual', 'delay', 'short', 'gone')),
})
const schoolDays = fc
  .record({
    days: fc.array(fc.option(someDay), { minLength: horizon, maxLength: horizon }),
    hasCycle: fc.boolean(),
    usual: fc.option(fc.constantFrom('usual', 'short')),
  })
  .map(
    ({ days, ...more }): SchoolDays => ({
      ...more,
      bells,
      stored: new Map(days.flatMap((one, index) => (one ? [[dates[index] ?? '', day(dates[index] ?? '', one)]] : []))),
    }),
  )
const range = fc
  .tuple(fc.integer({ min: 0, max: horizon - 1 }), fc.integer({ min: 0, max: horizon - 1 }))
  .map(([a, b]) => ({ beginDate: dates[Math.min(a, b)] ?? '', endDate: dates[Math.max(a, b)] ?? '' }))
const anyMeeting = fc
  .record({
    at: fc.oneof(
      fc.integer({ min: 1, max: 3 }).map((weekday) => ({ weekday, cycleDay: null })),
      fc.integer({ min: 1, max: 3 }).map((cycleDay) => ({ weekday: null, cycleDay })),
    ),
    periodId: fc.option(fc.constantFrom('first', 'second')),
    hour: fc.integer({ min: 8, max: 9 }),
    days: range,
  })
  .map(({ at, periodId, hour, days }): Held & PlannedFor => ({
    ...{ ...at, periodId, days, validFrom: days.beginDate, validTo: days.endDate },
    ...{ startTime: `${String(hour).padStart(2, '0')}:00`, endTime: `${String(hour).padStart(2, '0')}:50` },
  }))

test('the days of both are those of a walk through every day', () => {
  let found = 0
  fc.assert(
    fc.property(schoolDays, anyMeeting, anyMeeting, (of, a, b) => {
      const days = shared(a.days, b.days)
      const areApart = a.cycleDay !== null && b.cycleDay !== null && a.cycleDay !== b.cycleDay
      const walked = dates.filter((date) => {
        if (areApart || !days?.beginDate || !days.endDate || date < days.beginDate || date > days.endDate) return false
        const [one, other] = [timesOn(of, a, date), timesOn(of, b, date)]
        return !!one && !!other && one.startTime < other.endTime && other.startTime < one.endTime
      })
      const both = bothHeld(of, a, b)
      found += both ? 1 : 0
      expect(both).toEqual(walked.length ? { beginDate: walked[0], endDate: walked.at(-1) } : undefined)
    }),
    { numRuns: cases(1000, 4000), seed: 20261201 },
  )
  expect(found).toBeGreaterThan(10)
})

test('what is held in some days is what a walk through every day and meeting finds', () => {
  fc.assert(
    fc.property(schoolDays, fc.array(anyMeeting, { maxLength: 5 }), range, (of, meetings, { beginDate, endDate }) => {
      const held = heldOn(of, meetings, { from: beginDate, to: endDate })
      const walked = daysFrom(beginDate, endDate).flatMap((date) =>
        meetings.flatMap((meeting) => {
          const isValid = meeting.validFrom <= date && (meeting.validTo ?? date) >= date
          const times = isValid ? timesOn(of, meeting, date) : undefined
          return times ? [{ meeting, date, ...times }] : []
        }),
      )
      const key = ({ meeting, date, startTime }: (typeof held)[number]) =>
        `${date} ${meetings.indexOf(meeting)} ${startTime}`
      expect(held.map(key).toSorted()).toEqual(walked.map(key).toSorted())
    }),
    { numRuns: cases(200, 1000), seed: 20261201 },
  )
})
