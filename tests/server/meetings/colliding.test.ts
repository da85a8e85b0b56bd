/** An instructor who is in two classes at once: whichever change of days or bells brings it about, the timetable marks it. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let office: Person
let has: ReturnType<typeof timetableOf>
let choir: string
let band: string
const now = new Date('2026-11-20T15:00:00Z')
const api = () => as(office, { now })
beforeEach(async () => {
  office = await makePerson(await makeSchool(), 'registrar')
  has = timetableOf(office)
  choir = await has.class('Choir')
  band = await has.class('Band')
  await has.instructor('Ada', 'Abara', { classId: choir }, { classId: band })
})
afterAll(() => db.close())

const workdays = [1, 2, 3, 4, 5]
const weeks = { from: '2026-11-16', to: '2026-12-18' }
const monday = { from: '2026-11-23', to: '2026-11-23' }

async function colliding() {
  const { rows } = await api().classes.list({ attention: 'colliding' })
  return rows.length
}
const markedOn = async (date: string) => {
  const { meetings } = await api().meetings.week({ of: 'class', id: choir, day: date })
  return meetings.filter((one) => one.date === date).map(({ collisions }) => collisions.map(({ classId }) => classId))
}

const time = (period: number, startTime: string, endTime: string) => ({ period, startTime, endTime })
const usual = [time(0, '08:00', '08:45'), time(1, '09:00', '09:45')]
async function inTwoPeriods() {
  const made = await api().periods.save({
    periods: ['1', '2'].map((code) => ({ code, name: code })),
    schedules: [
      { name: 'Usual', isDefault: true, times: usual },
      { name: 'Short', isDefault: false, times: [time(0, '10:00', '10:30'), time(1, '10:15', '10:45')] },
    ],
    seen: [],
  })
  for (const [index, classId] of [choir, band].entries())
    await api().meetings.update({
      ...{ classId, seen: [], from: '2026-11-20', to: null },
      meetings: [{ weekday: 1, startTime: '08:00', endTime: '08:45', periodId: made.periods[index]?.id ?? null }],
    })
  return made
}

test('another bell schedule on a day', async () => {
  const { schedules } = await inTwoPeriods()
  expect(await colliding()).toBe(0)
  const bellScheduleId = schedules.find(({ isDefault }) => !isDefault)?.id ?? null
  await api().calendars.changeDays({ ...monday, kind: 'lateOrEarly', bellScheduleId, seen: [] })
  expect(await colliding()).toBe(2)
  expect(await markedOn('2026-11-23')).toEqual([[band]])
  expect(await markedOn('2026-11-30')).toEqual([[]])
})

test('other times of the bell', async () => {
  const { periods, schedules } = await inTwoPeriods()
  await api().periods.save({
    periods: periods.map(({ id, code, name }) => ({ id, code, name })),
    schedules: schedules.map(({ id, name, isDefault }) => ({
      ...{ id, name, isDefault },
      times: [time(0, '08:00', '09:15'), time(1, '09:00', '09:45')],
    })),
    seen: [...periods, ...schedules].map(({ id, version }) => ({ id, version })),
  })
  expect(await colliding()).toBe(2)
  expect(await markedOn('2026-11-30')).toEqual([[band]])
})

test('another usual bell schedule', async () => {
  const { periods, schedules } = await inTwoPeriods()
  await api().periods.save({
    periods: periods.map(({ id, code, name }) => ({ id, code, name })),
    schedules: schedules.map(({ id, name, isDefault, times }) => ({
      ...{ id, name, isDefault: !isDefault },
      times: times.map(({ periodId, ...one }) => ({ ...one, period: periods.findIndex(({ id }) => id === periodId) })),
    })),
    seen: [...periods, ...schedules].map(({ id, version }) => ({ id, version })),
  })
  expect(await colliding()).toBe(2)
  expect(await markedOn('2026-11-30')).toEqual([[band]])
})

test('a year that gives the days of the cycle their dates', async () => {
  await has.meets(choir, { cycleDay: 1 })
  await has.meets(band, { weekday: 1 })
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4 })
  expect(await markedOn('2026-12-14')).toEqual([[band]])
  expect(await colliding()).toBe(2)
})

test('a closure that shifts the cycle, and the Undo that shifts it back', async () => {
  await has.meets(choir, { cycleDay: 1 })
  await has.meets(band, { weekday: 1 })
  await api().calendars.layOut({ ...weeks, to: '2026-11-29', weekdays: workdays, cycleLength: 5 })
  const { days } = await api().calendars.days(monday)
  expect(await markedOn('2026-11-23')).toEqual([[band]])
  const seen = days.map(({ id, version }) => ({ id, version }))
  await api().calendars.changeDays({ ...monday, kind: 'weather', cycle: 'shift', seen })
  expect(await colliding()).toBe(0)
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  expect(await colliding()).toBe(2)
})

test('a meeting in a period is refused where the day’s bell rings for another class of the instructor', async () => {
  const { schedules, periods } = await inTwoPeriods()
  const third = await has.class('Dance')
  await has.instructor('Bo', 'Berg', { classId: third }, { classId: choir })
  const bellScheduleId = schedules.find(({ isDefault }) => !isDefault)?.id ?? null
  await api().calendars.changeDays({ ...monday, kind: 'lateOrEarly', bellScheduleId, seen: [] })
  const asked = { classId: third, seen: [], from: '2026-11-20', to: null }
  const slot = { weekday: 1, startTime: '09:00', endTime: '09:45', periodId: periods[1]?.id ?? null }
  await expect(api().meetings.update({ ...asked, meetings: [slot] })).rejects.toMatchObject({
    message: 'meeting.conflicts',
  })
  await api().meetings.update({ ...asked, from: '2026-11-24', meetings: [slot] })
})
