import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from '../meetings/timetable.ts'

let office: Person
let has: ReturnType<typeof timetableOf>
const now = new Date('2026-11-20T15:00:00Z')
const api = () => as(office, { now })
beforeEach(async () => {
  office = await makePerson(await makeSchool(), 'registrar')
  has = timetableOf(office)
})
afterAll(() => db.close())

type Wanted = Parameters<ReturnType<typeof api>['periods']['save']>[0]
const time = (period: number, startTime: string, endTime: string) => ({ period, startTime, endTime })
const periods = [
  { code: '1', name: 'First' },
  { code: '2', name: 'Second' },
]
const usual = { name: 'Usual', isDefault: true, times: [time(0, '08:00', '08:45'), time(1, '09:00', '09:45')] }
const delay = { name: 'Two-hour delay', isDefault: false, times: [time(0, '10:00', '10:30')] }
const save = (wanted: Omit<Wanted, 'seen'>, seen: Wanted['seen'] = []) => api().periods.save({ ...wanted, seen })
const seenOf = (all: Awaited<ReturnType<typeof save>>) =>
  [...all.periods, ...all.schedules].map(({ id, version }) => ({ id, version }))
const week = async (classId: string) =>
  (await api().meetings.week({ of: 'class', id: classId, day: '2026-11-23' })).meetings.map(
    ({ date, startTime, endTime }) => `${date} ${startTime}-${endTime}`,
  )
const meet = (classId: string, periodId: string | undefined, weekday: number, seen: Wanted['seen'] = []) =>
  api().meetings.update({
    ...{ classId, seen, from: '2026-11-20', to: null },
    meetings: [{ weekday, periodId: periodId ?? null, startTime: '07:00', endTime: '07:30' }],
  })

test('a meeting in a period has the times of the day’s bell schedule, and is not held where it lacks the period', async () => {
  const { periods: made, schedules } = await save({ periods, schedules: [usual, delay] })
  const [choir, band] = [await has.class('Choir'), await has.class('Band')]
  await meet(choir, made[0]?.id, 1)
  await meet(band, made[1]?.id, 1)
  expect(await week(choir)).toEqual(['2026-11-23 08:00-08:45'])
  expect((await api().meetings.list({ classId: choir })).meetings).toMatchObject([
    { startTime: '08:00', endTime: '08:45' },
  ])
  const bellScheduleId = schedules[1]?.id ?? ''
  await api().calendars.changeDays({
    from: '2026-11-23',
    to: '2026-11-23',
    kind: 'lateOrEarly',
    bellScheduleId,
    seen: [],
  })
  expect(await week(choir)).toEqual(['2026-11-23 10:00-10:30'])
  expect(await week(band)).toEqual([])
})

test('new bells ring for every class that names the period', async () => {
  const all = await save({ periods, schedules: [usual] })
  const choir = await has.class('Choir')
  await meet(choir, all.periods[0]?.id, 1)
  const [known] = all.schedules
  const later = { id: known?.id ?? '', name: 'Usual', isDefault: true, times: [time(0, '08:10', '08:55')] }
  const kept = all.periods.map(({ id, code, name }) => ({ id, code, name }))
  await save({ periods: kept, schedules: [later] }, seenOf(all))
  expect(await week(choir)).toEqual(['2026-11-23 08:10-08:55'])
  expect((await api().meetings.list({ classId: choir })).meetings).toMatchObject([{ startTime: '08:10' }])
})

test('a room is taken in a period on days with any bell schedule, and free in another', async () => {
  const { periods: made } = await save({ periods, schedules: [usual] })
  const roomId = await has.room('Lab')
  const [choir, band] = [await has.class('Choir'), await has.class('Band')]
  const slot = { weekday: 1, startTime: '07:00', endTime: '07:30', roomId }
  const days = { seen: [], from: '2026-11-20', to: null }
  await api().meetings.update({ ...days, classId: choir, meetings: [{ ...slot, periodId: made[0]?.id ?? null }] })
  const ask = (periodId: string | null, startTime: string, endTime: string) =>
    api().meetings.conflicts({
      classId: band,
      from: '2026-11-20',
      to: null,
      meetings: [{ ...slot, periodId, startTime, endTime }],
    })
  const counted = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).conflicts.length
  expect(await counted(made[0]?.id ?? null, '07:00', '07:30')).toBe(1)
  expect(await counted(made[1]?.id ?? null, '07:00', '07:30')).toBe(0)
  expect(await counted(null, '08:30', '09:30')).toBe(1)
  expect(await counted(null, '07:00', '07:30')).toBe(0)
})

test('a period that is left out leaves its meetings at their own times; Undo gives it back', async () => {
  const all = await save({ periods, schedules: [usual] })
  const choir = await has.class('Choir')
  await meet(choir, all.periods[0]?.id, 1)
  const second = all.periods.slice(1).map(({ id, code, name }) => ({ id, code, name }))
  const schedules = all.schedules.map(({ id, name, isDefault }) => ({ id, name, isDefault, times: [] }))
  await save({ periods: second, schedules }, seenOf(all))
  expect((await api().meetings.list({ classId: choir })).meetings).toMatchObject([
    { periodId: null, startTime: '08:00' },
  ])
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  expect((await api().meetings.list({ classId: choir })).meetings).toMatchObject([{ periodId: all.periods[0]?.id }])
  expect((await api().periods.list()).schedules[0]?.times).toHaveLength(2)
})

test('who saw older periods does not write over newer ones', async () => {
  await save({ periods, schedules: [usual] })
  await expect(save({ periods, schedules: [usual] })).rejects.toMatchObject({ message: 'period.stale' })
})

test('the usual bell schedule changes hands, and Undo gives it back', async () => {
  const all = await save({ periods, schedules: [usual, delay] })
  const kept = all.periods.map(({ id, code, name }) => ({ id, code, name }))
  const turned = all.schedules.map(({ id, name, isDefault }) => ({ id, name, isDefault: !isDefault, times: [] }))
  const saved = await save({ periods: kept, schedules: turned }, seenOf(all))
  expect(saved.schedules.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['Two-hour delay', true],
    ['Usual', false],
  ])
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  expect((await api().periods.list()).schedules[0]).toMatchObject({ name: 'Usual', isDefault: true })
})

test('two periods exchange their codes and two bell schedules their names; Undo exchanges them back', async () => {
  const all = await save({ periods, schedules: [usual, delay] })
  const [first, second] = [...all.periods]
  const turned = [
    { id: first?.id, name: 'First', code: '2' },
    { id: second?.id, name: 'Second', code: '1' },
  ]
  const schedules = all.schedules.map(({ id, name, isDefault }) => ({
    ...{ id, isDefault, times: [] },
    name: name === 'Usual' ? 'Two-hour delay' : 'Usual',
  }))
  const saved = await save({ periods: turned, schedules }, seenOf(all))
  expect(saved.periods.map(({ code }) => code)).toEqual(['2', '1'])
  expect(saved.schedules.map(({ name }) => name)).toEqual(['Two-hour delay', 'Usual'])
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  const again = await api().periods.list()
  expect(again.periods.map(({ code }) => code)).toEqual(['1', '2'])
  expect(again.schedules.map(({ name }) => name)).toEqual(['Usual', 'Two-hour delay'])
})

test('who saw older bells does not write over newer ones', async () => {
  const all = await save({ periods, schedules: [usual] })
  const kept = all.periods.map(({ id, code, name }) => ({ id, code, name }))
  const at = (startTime: string) => ({ ...usual, id: all.schedules[0]?.id, times: [time(0, startTime, '08:45')] })
  await save({ periods: kept, schedules: [at('08:05')] }, seenOf(all))
  const late = save({ periods: kept, schedules: [at('08:10')] }, seenOf(all))
  await expect(late).rejects.toMatchObject({ message: 'period.stale' })
})

test('an undo brings back no second usual bell schedule', async () => {
  const undoLast = async () => {
    const { rows } = await api().journal.list({})
    await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  }
  await save({ periods: [], schedules: [usual].map((one) => ({ ...one, times: [] })) })
  await undoLast()
  const { rows } = await api().journal.list({})
  await save({ periods: [], schedules: [{ name: 'Other', isDefault: true, times: [] }] })
  await expect(api().journal.undo({ operationId: rows[0]?.id ?? '' })).rejects.toMatchObject({
    message: 'undo.changed',
  })
  expect((await api().periods.list()).schedules.map(({ name }) => name)).toEqual(['Other'])
})

test('a page that does not know periods changes a room, and no meeting loses its period', async () => {
  const { periods: made } = await save({ periods, schedules: [usual] })
  const choir = await has.class('Choir')
  const first = { weekday: 1, startTime: '08:00', endTime: '08:45', periodId: made[0]?.id ?? null }
  const second = { ...first, weekday: 2, periodId: made[1]?.id ?? null }
  const { meetings } = await api().meetings.update({
    ...{ classId: choir, seen: [], from: '2026-11-20', to: null },
    meetings: [first, second],
  })
  const roomId = await has.room('Lab')
  const slots = meetings.map(({ weekday, startTime, endTime }) => ({ weekday, startTime, endTime, roomId }))
  const change = { classId: choir, from: '2026-11-20', to: null, meetings: slots }
  expect((await api().meetings.conflicts(change)).conflicts).toEqual([])
  const seen = meetings.map(({ id, version }) => ({ id, version }))
  const after = await api().meetings.update({ ...change, seen })
  expect(after.meetings).toMatchObject(made.map(({ id }) => ({ periodId: id, roomId })))
  const moved = { ...slots[0], weekday: 1, startTime: '11:00', endTime: '11:45' }
  const last = await api().meetings.update({
    ...change,
    meetings: [moved],
    seen: after.meetings.map(({ id, version }) => ({ id, version })),
  })
  expect(last.meetings).toMatchObject([{ periodId: null, startTime: '11:00' }])
})
