/**
 * Ida teaches Choir and Biology, and no change of hers is to need her in both at once: each way that brings it about is
 * refused, unless somebody says why it is to stand. Today is Friday, 20 November 2026.
 */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { refusal, seen } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let office: Person
let has: ReturnType<typeof timetableOf>
let choir: string
let biology: string
const now = new Date('2026-11-20T15:00:00Z')
const api = () => as(office, { now })
beforeEach(async () => {
  office = await makePerson(await makeSchool(), 'registrar')
  has = timetableOf(office)
  choir = await has.class('Choir')
  biology = await has.class('Biology')
})
afterAll(() => db.close())

const monday = { from: '2026-11-23', to: '2026-11-23' }
const workdays = [1, 2, 3, 4, 5]
const inBoth = () => has.instructor('Ida', 'Holm', { classId: choir }, { classId: biology })
const time = (period: number, startTime: string, endTime: string) => ({ period, startTime, endTime })
const apart = [time(0, '08:00', '08:45'), time(1, '09:00', '09:45')]
const atOnce = [time(0, '10:00', '10:30'), time(1, '10:15', '10:45')]

/** Both meet on Mondays, in two periods that only the short day's bells bring together. */
async function inTwoPeriods() {
  const made = await api().periods.save({
    periods: ['1', '2'].map((code) => ({ code, name: code })),
    schedules: [
      { name: 'Usual', isDefault: true, times: apart },
      { name: 'Short', isDefault: false, times: atOnce },
    ],
    seen: [],
  })
  for (const [index, classId] of [choir, biology].entries())
    await has.meets(classId, { periodId: made.periods[index]?.id ?? null, startTime: '08:00', endTime: '08:45' })
  return made
}
type Bells = Awaited<ReturnType<typeof inTwoPeriods>>
const saveBells = (
  { periods, schedules }: Bells,
  change: (name: string) => object,
  overrideReason?: string,
  all = [...periods, ...schedules].map(seen),
) =>
  api().periods.save({
    periods: periods.map(({ id, code, name }) => ({ id, code, name })),
    schedules: schedules.map(({ id, name, isDefault }) => ({
      ...{ id, name, isDefault, times: name === 'Usual' ? apart : atOnce },
      ...change(name),
    })),
    seen: all,
    overrideReason,
  })
/** A day of the cycle and a weekday, which no day brings together yet. */
async function onCycle(to: string, cycleLength: number) {
  await api().calendars.layOut({ from: '2026-11-16', to, weekdays: workdays, cycleLength })
  await has.meets(choir, { cycleDay: 1 })
  await has.meets(biology, { weekday: 1 })
  await inBoth()
}
const versionsOf = async (range: typeof monday) => (await api().calendars.days(range)).days.map(seen)

type Way = () => Promise<(overrideReason?: string) => Promise<unknown>>
const ways: Record<string, Way> = {
  'her class meets at another time': async () => {
    await has.meets(choir, {})
    await inBoth()
    const meetings = [{ weekday: 1, startTime: '09:30', endTime: '10:30' }]
    return (overrideReason) => api().meetings.update({ classId: biology, meetings, seen: [], overrideReason })
  },
  'she is added to a class': async () => {
    for (const classId of [choir, biology]) await has.meets(classId, {})
    const instructorId = await has.instructor('Ida', 'Holm', { classId: choir })
    return (overrideReason) => api().classInstructors.create({ classId: biology, instructorId, overrideReason })
  },
  'she stays in a class for longer': async () => {
    for (const classId of [choir, biology]) await has.meets(classId, {})
    const instructorId = await has.instructor('Ida', 'Holm', { classId: choir })
    const dated = { classId: biology, instructorId, endDate: '2026-11-22' }
    const assignment = await api().classInstructors.create(dated)
    return (overrideReason) => api().classInstructors.update({ ...seen(assignment), endDate: null, overrideReason })
  },
  'a day has other bells': async () => {
    const { schedules } = await inTwoPeriods()
    await inBoth()
    const bellScheduleId = schedules.find(({ name }) => name === 'Short')?.id ?? null
    const change = { ...monday, kind: 'lateOrEarly' as const, bellScheduleId, seen: [] }
    return (overrideReason) => api().calendars.changeDays({ ...change, overrideReason })
  },
  'a closure shifts the cycle': async () => {
    await onCycle('2026-12-11', 4)
    const friday = { from: '2026-11-20', to: '2026-11-20' }
    const change = { ...friday, kind: 'weather' as const, cycle: 'shift' as const, seen: await versionsOf(friday) }
    return (overrideReason) => api().calendars.changeDays({ ...change, overrideReason })
  },
  'a year gives the cycle its dates': async () => {
    await onCycle('2026-11-20', 5)
    const year = { from: '2026-11-16', to: '2026-12-18', weekdays: workdays, cycleLength: 5 }
    return (overrideReason) => api().calendars.layOut({ ...year, overrideReason })
  },
  'a bell rings at other times': async () => {
    const bells = await inTwoPeriods()
    await inBoth()
    return (reason) => saveBells(bells, (name) => (name === 'Usual' ? { times: atOnce } : {}), reason)
  },
  'another bell schedule becomes the usual one': async () => {
    const bells = await inTwoPeriods()
    await inBoth()
    return (reason) => saveBells(bells, (name) => ({ isDefault: name === 'Short' }), reason)
  },
  'a period without bells is left out': async () => {
    const bells = await inTwoPeriods()
    await inBoth()
    const silent = await saveBells(bells, () => ({ times: apart.slice(0, 1) }))
    const second = { ...silent, periods: silent.periods.slice(0, 1) }
    const all = [...silent.periods, ...silent.schedules].map(seen)
    return (reason) => saveBells(second, () => ({ times: apart.slice(0, 1) }), reason, all)
  },
}

/** The reasons at what is marked in the weeks to come, null where there is none. */
async function marked(): Promise<(string | null)[]> {
  const found: (string | null)[] = []
  for (const day of ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14']) {
    const { meetings } = await api().meetings.week({ of: 'class', id: biology, day })
    found.push(...meetings.flatMap(({ collisions }) => collisions.map(({ reason }) => reason)))
  }
  return [...new Set(found)]
}

test.each(Object.entries(ways))('it is refused when %s', async (_, arrange) => {
  const way = await arrange()
  const before = await marked()
  await expect(way()).rejects.toMatchObject(
    refusal('meeting.conflicts', { conflicts: [expect.objectContaining({ kind: 'instructor', names: ['Ida Holm'] })] }),
  )
  expect(await marked()).toEqual(before)
  await way('They rehearse together')
  expect(await marked()).toEqual(['They rehearse together'])
  expect(await api().classes.count({ attention: 'colliding' })).toBe(0)
})

test('each collision of a change of days names both classes', async () => {
  const way = await ways['a day has other bells']?.()
  await expect(way?.()).rejects.toMatchObject(
    refusal('meeting.conflicts', { count: 1, conflicts: [{ from: '2026-11-23', to: '2026-11-23' }] }),
  )
  const told = await way?.().catch((error) => error.cause.details.conflicts as Record<string, string>[])
  expect((told as Record<string, string>[]).map((one) => [one.ownTitle, one.classTitle].toSorted())).toEqual([
    ['Biology', 'Choir'],
  ])
})

test('what collided already is not asked about again, on whichever days it will', async () => {
  await onCycle('2026-11-29', 5)
  expect(await marked()).toEqual([null])
  await api().calendars.layOut({ from: '2026-11-16', to: '2026-12-18', weekdays: workdays, cycleLength: 5 })
  await api().calendars.changeDays({ ...monday, kind: 'weather', cycle: 'shift', seen: await versionsOf(monday) })
})

test('the Undo of a change of days is never refused: what collides by it is marked', async () => {
  await onCycle('2026-11-29', 5)
  const change = { ...monday, kind: 'weather' as const, cycle: 'shift' as const, seen: await versionsOf(monday) }
  await api().calendars.changeDays(change)
  expect(await marked()).toEqual([])
  const { rows } = await api().journal.list({})
  await api().journal.undo({ operationId: rows[0]?.id ?? '' })
  expect(await marked()).toEqual([null])
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
