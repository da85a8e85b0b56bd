/** Today is Friday, 20 November 2026; everything here meets on Monday, the 23rd, unless it says another day. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let school: School
let office: Person
let has: ReturnType<typeof timetableOf>
const ids: Record<string, string> = {}
beforeEach(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
  has = timetableOf(office)
  ids.attic = await has.room('Room 10')
  ids.lab = await has.room('Room 2', 24)
  ids.biology = await has.class('Biology', { code: 'BIO' })
  ids.choir = await has.class('Choir')
  ids.ida = await has.instructor('Ida', 'Holm', { classId: ids.biology })
  ids.otto = await has.instructor('Otto', 'Berg', { classId: ids.choir, endDate: '2026-11-24' })
  await has.instructor('Nora', 'Idle')
  await has.meets(ids.biology, { roomId: ids.lab }, { roomId: ids.lab, weekday: 4 })
  await has.meets(ids.choir, { startTime: '09:30', endTime: '10:30', roomId: ids.lab })
})
afterAll(() => db.close())

const monday = '2026-11-23'
type Asked = Parameters<ReturnType<typeof as>['meetings']['master']>[0]
const master = (asked: Partial<Asked> = {}, person = office) => as(person).meetings.master({ day: monday, ...asked })
const lines = async (...args: Parameters<typeof master>) =>
  Object.fromEntries(
    (await master(...args)).lines.map(({ id, name, meetings }) => [
      name || id,
      meetings.map(({ date, startTime, title }) => `${date.slice(-2)} ${startTime} ${title}`),
    ]),
  )

test('by room: every room in natural order, also one in which nothing is held', async () => {
  const found = await master()
  expect(found.lines.map(({ name, seats }) => [name, seats])).toEqual([
    ['Room 2', 24],
    ['Room 10', null],
  ])
  expect(await lines()).toEqual({ 'Room 2': ['23 09:00 Biology', '23 09:30 Choir'], 'Room 10': [] })
  expect(found.lines[0]?.meetings[0]).toMatchObject({
    ...{ classId: ids.biology, code: 'BIO', startTime: '09:00', endTime: '10:00', opens: true, reason: null },
    room: { id: ids.lab, name: 'Room 2' },
    instructors: [{ id: ids.ida, name: 'Ida Holm' }],
  })
})

test('by instructor: those who have a class on these days, as long as they have it', async () => {
  expect(await lines({ by: 'instructor' })).toEqual({
    'Otto Berg': ['23 09:30 Choir'],
    'Ida Holm': ['23 09:00 Biology'],
  })
  expect(await lines({ by: 'instructor', day: '2026-11-30' })).toEqual({
    'Ida Holm': ['30 09:00 Biology'],
    Choir: ['30 09:30 Choir'],
  })
})

test('a class that meets in no room, or with nobody, has a line of its own after all others', async () => {
  const drama = await has.class('Drama')
  const band = await has.class('Band')
  await has.meets(drama, {}, { weekday: 4 })
  await has.meets(band, { startTime: '11:00', endTime: '12:00' })
  const found = await master()
  expect(found.lines.map(({ name, isOfClass }) => [name, isOfClass])).toEqual([
    ['Room 2', false],
    ['Room 10', false],
    ['Band', true],
    ['Drama', true],
  ])
  expect(await lines({ by: 'instructor', span: 'week' })).toMatchObject({
    'Otto Berg': ['23 09:30 Choir'],
    Band: ['23 11:00 Band'],
    Drama: ['23 09:00 Drama', '26 09:00 Drama'],
  })
  const teacher = await makePerson(school, 'instructor', ids.ida)
  const [, , ...own] = (await master({}, teacher)).lines
  expect(own.map(({ meetings }) => meetings[0]?.opens)).toEqual([false, false])
  const names: string[] = []
  let cursor: number | null = 0
  do {
    const page: Awaited<ReturnType<typeof master>> = await master({ cursor, limit: 1 })
    names.push(...page.lines.map(({ name }) => name))
    cursor = page.next
  } while (cursor)
  expect(names).toEqual(['Room 2', 'Room 10', 'Band', 'Drama'])
})

test('by time: a line for each time of the day, with rooms and instructors', async () => {
  await has.meets(await has.class('Art'), {})
  const { lines: hours } = await master({ by: 'time' })
  expect(hours.map(({ id, meetings }) => [id, meetings.map(({ title, room }) => `${title} ${room?.name}`)])).toEqual([
    ['09:00 10:00', ['Art undefined', 'Biology Room 2']],
    ['09:30 10:30', ['Choir Room 2']],
  ])
})

test('a week goes from Monday to Sunday; by time, days come one by one', async () => {
  expect((await master({ span: 'week', day: '2026-11-26' })).days.map(({ date }) => date)).toEqual(
    Array.from({ length: 7 }, (_, day) => `2026-11-${23 + day}`),
  )
  expect(await lines({ span: 'week', day: '2026-11-26' })).toMatchObject({
    'Room 2': ['23 09:00 Biology', '23 09:30 Choir', '26 09:00 Biology'],
  })
  await expect(master({ by: 'time', span: 'week' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test.each(['room', 'instructor', 'time'] as const)('by %s, pages follow each other without a gap', async (by) => {
  const whole = await master({ by })
  const all = whole.lines.flatMap(({ id, meetings }) => [id, ...meetings.map((one) => one.id)])
  const found: string[] = []
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof master>> = await master({ by, cursor, limit: 1 })
    found.push(...page.lines.flatMap(({ id, meetings }) => [id, ...meetings.map((one) => one.id)]))
    cursor = page.next
  }
  expect(whole.next).toBeNull()
  expect(found).toEqual(all)
})

test('a closed day holds nothing and says why', async () => {
  await as(office).calendars.changeDays({ from: monday, to: monday, kind: 'weather', note: 'Snow', seen: [] })
  expect(await lines()).toEqual({ 'Room 2': [], 'Room 10': [] })
  expect(await lines({ by: 'time' })).toEqual({})
  expect((await master()).days).toEqual([{ date: monday, kind: 'weather', cycleDay: null, note: 'Snow' }])
})

test('a day of the cycle stands on its dates; without a calendar it is counted and stands nowhere', async () => {
  await has.meets(ids.biology ?? '', { cycleDay: 1, startTime: '13:00', endTime: '14:00', roomId: ids.lab })
  expect((await master()).undated).toBe(1)
  expect((await master({ by: 'time' })).undated).toBe(1)
  expect((await lines())['Room 2']).toHaveLength(2)
  const year = { from: '2026-11-20', to: '2026-11-27', weekdays: [1, 2, 3, 4, 5], cycleLength: 2 }
  await as(office).calendars.layOut(year)
  expect(await lines({ day: '2026-11-24' })).toMatchObject({ 'Room 2': ['24 13:00 Biology'] })
  expect(await master({ day: '2026-11-24' })).toMatchObject({ undated: 0, days: [{ cycleDay: 1 }] })
  expect(await lines({ day: '2026-11-25' })).toMatchObject({ 'Room 2': [] })
})

test('instructors see the whole of it, but open only the pages of their own classes', async () => {
  const ida = await makePerson(school, 'instructor', ids.ida)
  const found = (await master({}, ida)).lines.flatMap(({ meetings }) => meetings)
  expect(found.map(({ title, opens }) => [title, opens])).toEqual([
    ['Biology', true],
    ['Choir', false],
  ])
})

test('archived classes, rooms and instructors stand in none of its lines, nor does another school’s class', async () => {
  await as(office).classes.archive({ id: ids.choir ?? '', version: 1, standing: 'keep' })
  const other = await makeSchool()
  const others = timetableOf(await makePerson(other, 'registrar'))
  await others.meets(await others.class('Elsewhere'), { roomId: await others.room('Away') })
  await as(office).rooms.archive({ id: ids.attic ?? '', version: 1 })
  expect(await lines()).toEqual({ 'Room 2': ['23 09:00 Biology'] })
  expect(await lines({ by: 'time' })).toEqual({ '09:00 10:00': ['23 09:00 Biology'] })
  expect(Object.keys(await lines({ by: 'instructor' }))).toEqual(['Otto Berg', 'Ida Holm'])
})
