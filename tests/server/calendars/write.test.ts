import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from '../meetings/timetable.ts'

let office: Person
let has: ReturnType<typeof timetableOf>
const now = new Date('2026-11-20T15:00:00Z')
const api = () => as(office, { now })
beforeEach(async () => {
  const school = await makeSchool()
  office = await makePerson(school, 'registrar')
  has = timetableOf(office)
})
afterAll(() => db.close())

const workdays = [1, 2, 3, 4, 5]
const weeks = { from: '2026-11-16', to: '2026-11-29' }
const cycleOf = async (range = weeks) => {
  const { days } = await api().calendars.days(range)
  return Object.fromEntries(days.flatMap(({ date, cycleDay }) => (cycleDay ? [[date.slice(5), cycleDay]] : [])))
}
const kindOf = async (date: string) => (await api().calendars.days({ from: date, to: date })).days[0]
async function change(
  date: string,
  fields: Omit<Parameters<ReturnType<typeof api>['calendars']['changeDays']>[0], 'from' | 'to' | 'seen'>,
) {
  const { days } = await api().calendars.days({ from: date, to: date })
  return api().calendars.changeDays({
    from: date,
    to: date,
    seen: days.map(({ id, version }) => ({ id, version })),
    ...fields,
  })
}
const heldInWeek = async (classId: string, day: string) =>
  (await api().meetings.week({ of: 'class', id: classId, day })).meetings.map(
    ({ date, startTime }) => `${date} ${startTime}`,
  )

test('a year is laid out by its pattern: weekends are closed, holidays keep their note, the cycle goes on over both', async () => {
  const holidays = [{ from: '2026-11-26', to: '2026-11-27', note: 'Thanksgiving' }]
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4, holidays })
  expect(await cycleOf()).toEqual({
    ...{ '11-16': 1, '11-17': 2, '11-18': 3, '11-19': 4, '11-20': 1 },
    ...{ '11-23': 2, '11-24': 3, '11-25': 4 },
  })
  expect(await kindOf('2026-11-26')).toMatchObject({ kind: 'holiday', note: 'Thanksgiving' })
  expect(await kindOf('2026-11-22')).toMatchObject({ kind: 'closed' })
})

test('laying it out again keeps what is past and what somebody said of a day', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4 })
  await change('2026-11-24', { kind: 'teacherOnly', note: 'Training' })
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 2 })
  expect(await kindOf('2026-11-24')).toMatchObject({ kind: 'teacherOnly', note: 'Training' })
  expect(await cycleOf()).toEqual({
    ...{ '11-16': 1, '11-17': 2, '11-18': 3, '11-19': 4, '11-20': 1 },
    ...{ '11-23': 2, '11-25': 1, '11-26': 2, '11-27': 1 },
  })
})

test('a plain day that somebody opened or closed stays, and one that an older pattern made follows the new one', async () => {
  const { from } = weeks
  const to = '2026-12-06'
  await api().calendars.layOut({ from, to, weekdays: workdays, cycleLength: 6 })
  await change('2026-11-28', { kind: 'instruction' })
  await change('2026-11-25', { kind: 'closed' })
  await change('2026-11-26', { kind: 'closed' })
  await change('2026-11-26', { kind: 'instruction' })
  await api().calendars.layOut({ from, to, weekdays: [...workdays, 7], cycleLength: 6 })
  const kinds = await Promise.all(['2026-11-25', '2026-11-26', '2026-11-28', '2026-11-29', '2026-12-05'].map(kindOf))
  expect(kinds.map((day) => day?.kind)).toEqual(['closed', 'instruction', 'instruction', 'instruction', 'closed'])
})

test('whoever saw none of many days is told of a few', async () => {
  const year = { from: '2026-11-16', to: '2027-11-15' }
  await api().calendars.layOut({ ...year, weekdays: workdays })
  const asked = api().calendars.changeDays({ ...year, kind: 'closed', seen: [] })
  const { cause } = (await asked.catch((error) => error)) as { cause: { reason: string; details: { changes: [] } } }
  expect([cause.reason, cause.details.changes.length]).toEqual(['calendarDay.stale', 20])
})

test('a snow day skips its day of the cycle, or shifts the days to come; no day before changes', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4 })
  await change('2026-11-23', { kind: 'weather', cycle: 'skip' })
  expect(await cycleOf({ from: '2026-11-20', to: '2026-11-25' })).toEqual({ '11-20': 1, '11-24': 3, '11-25': 4 })
  await change('2026-11-24', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf()).toEqual({
    ...{ '11-16': 1, '11-17': 2, '11-18': 3, '11-19': 4, '11-20': 1 },
    ...{ '11-25': 3, '11-26': 4, '11-27': 1 },
  })
})

test('a closure of a past day shifts only the days from today on', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4 })
  await change('2026-11-18', { kind: 'emergency', cycle: 'shift' })
  expect(await cycleOf()).toEqual({
    ...{ '11-16': 1, '11-17': 2, '11-19': 4, '11-20': 4 },
    ...{ '11-23': 1, '11-24': 2, '11-25': 3, '11-26': 4, '11-27': 1 },
  })
})

test('Undo gives a snow day and the cycle back', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 4 })
  const before = await cycleOf()
  await change('2026-11-23', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf()).not.toEqual(before)
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  expect(await cycleOf()).toEqual(before)
  expect(await kindOf('2026-11-23')).toMatchObject({ kind: 'instruction' })
})

test('who saw an older day does not write over a newer one', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays })
  const { days } = await api().calendars.days({ from: '2026-11-23', to: '2026-11-23' })
  const seen = days.map(({ id, version }) => ({ id, version }))
  await change('2026-11-23', { kind: 'weather' })
  const late = api().calendars.changeDays({ from: '2026-11-23', to: '2026-11-23', kind: 'holiday', seen })
  await expect(late).rejects.toMatchObject({ message: 'calendarDay.stale' })
})

test('on a holiday no class stands in the week, and home says why there is none today', async () => {
  const choir = await has.class('Choir')
  await has.meets(choir, { weekday: 5 }, { weekday: 1 })
  expect(await heldInWeek(choir, '2026-11-20')).toEqual(['2026-11-16 09:00', '2026-11-20 09:00'])
  expect((await api().home.get()).hours).toHaveLength(1)
  await api().calendars.changeDays({
    from: '2026-11-20',
    to: '2026-11-20',
    kind: 'holiday',
    note: 'Founders’ Day',
    seen: [],
  })
  expect(await heldInWeek(choir, '2026-11-20')).toEqual(['2026-11-16 09:00'])
  expect(await api().home.get()).toMatchObject({
    hours: [],
    day: { kind: 'holiday', note: 'Founders’ Day' },
    nextDay: '2026-11-23',
  })
})

test('home tells what tomorrow is before it has come', async () => {
  expect(await api().home.get()).toMatchObject({ day: null, tomorrow: null })
  await change('2026-11-21', { kind: 'weather' })
  expect(await api().home.get()).toMatchObject({ day: null, tomorrow: { kind: 'weather', note: null } })
})

test('classes on days of the cycle stand in the week on the dates that have them', async () => {
  const choir = await has.class('Choir')
  await has.meets(choir, { cycleDay: 2 })
  expect(await heldInWeek(choir, '2026-11-20')).toEqual(['null 09:00'])
  await api().calendars.layOut({ ...weeks, weekdays: workdays, cycleLength: 2 })
  expect(await heldInWeek(choir, '2026-11-20')).toEqual(['2026-11-17 09:00', '2026-11-19 09:00'])
  expect(await heldInWeek(choir, '2026-11-23')).toEqual(['2026-11-23 09:00', '2026-11-25 09:00', '2026-11-27 09:00'])
})

test('two classes in a room on the same day of the week collide only while the school is open', async () => {
  const roomId = await has.room('Lab')
  const [choir, band] = [await has.class('Choir'), await has.class('Band')]
  await has.meets(choir, { weekday: 4, roomId })
  const slot = { weekday: 4, startTime: '09:30', endTime: '10:30', roomId }
  const asked = { classId: band, from: '2026-11-26', to: '2026-11-26', meetings: [slot] }
  expect((await api().meetings.conflicts(asked)).conflicts).toHaveLength(1)
  await api().calendars.changeDays({ from: '2026-11-26', to: '2026-11-26', kind: 'holiday', seen: [] })
  expect((await api().meetings.conflicts(asked)).conflicts).toEqual([])
})

test('an undo brings back no second calendar beside the one that was laid out meanwhile', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays })
  const last = async () => (await api().journal.list({})).rows[0]?.id ?? ''
  await api().journal.undo({ operationId: await last() })
  const operationId = await last()
  await api().calendars.layOut({ ...weeks, weekdays: [1, 2, 3] })
  await expect(api().journal.undo({ operationId })).rejects.toMatchObject({ message: 'undo.changed' })
  expect(await kindOf('2026-11-26')).toMatchObject({ kind: 'closed' })
})

test('history offers to take a laid out year back until one of its days is changed by somebody', async () => {
  await api().calendars.layOut({ ...weeks, weekdays: workdays })
  // The school's own first change is the last.
  const offered = async () => (await api().journal.list({})).rows.map(({ undoes }) => undoes).slice(0, -1)
  expect(await offered()).toEqual([15])
  await change('2026-11-24', { kind: 'weather' })
  expect(await offered()).toEqual([1, null])
  await api().journal.undo({ operationId: (await api().journal.list({})).rows[0]?.id ?? '' })
  expect(await offered()).toEqual([1, null, null])
})
