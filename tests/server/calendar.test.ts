import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { meetings } from '../../db/schema/index.ts'
import { addDays, daysFrom, startOfDay, weekdayOf, yearBefore } from '../../server/calendar.ts'
import type { Person } from '../../server/trpc.ts'
import { as, makePerson, makeSchool, writeInSchool } from '../setup/people.ts'
import { makeRecords } from '../setup/records.ts'
import { api, makeTerm, school } from '../setup/school.ts'

let viewer: Person
let instructor: Person
let mine: Awaited<ReturnType<typeof makeRecords>>
let others: Awaited<ReturnType<typeof makeRecords>>

beforeAll(async () => {
  mine = await makeRecords(school, 'Mine')
  others = await makeRecords(school, 'Others')
  await makeRecords(await makeSchool('Southfield'))
  viewer = await makePerson(school, 'viewer')
  instructor = await makePerson(school, 'instructor', mine.instructorId)
  await writeInSchool(school.id, async (tx) => {
    // A second hour, which ended in October, and a day of a cycle nobody has laid over the calendar.
    const more = { schoolId: school.id, classId: others.classId, startTime: '10:00', endTime: '10:50' }
    await tx.insert(meetings).values([
      { ...more, weekday: 1, validFrom: '2026-09-01', validTo: '2026-10-31' },
      { ...more, cycleDay: 1, validFrom: '2026-09-01' },
    ])
    return []
  })
})

const on = (person: Person, instant: string) => as(person, { now: new Date(instant) }).home.get()

test("a school's Monday has its hours, each with how many classes meet", async () => {
  const home = await on(viewer, '2026-11-23T07:55:00Z')
  expect(home).toMatchObject({ date: '2026-11-23', time: '07:55', nextDay: null })
  expect(home.hours).toEqual([{ startTime: '09:00', endTime: '09:50', count: 2 }])
  expect(home.own).toEqual([])
})

test('a meeting that has ended meets no more, and had met before', async () => {
  expect((await on(viewer, '2026-10-26T08:00:00Z')).hours).toHaveLength(2)
})

test('an instructor sees their own classes of the day with room and students', async () => {
  const home = await on(instructor, '2026-11-23T08:00:00Z')
  expect(home.hours).toEqual([])
  expect(home.own).toMatchObject([
    { classId: mine.classId, title: 'Mine', startTime: '09:00', endTime: '09:50', roomName: 'Mine', students: 1 },
  ])
  expect(JSON.stringify(home)).not.toContain(others.classId)
})

test('on a day without classes the next day with some is told', async () => {
  expect(await on(viewer, '2026-11-21T09:00:00Z')).toMatchObject({ hours: [], nextDay: '2026-11-23' })
  expect(await on(instructor, '2026-11-24T09:00:00Z')).toMatchObject({ own: [], nextDay: '2026-11-30' })
})

test('the day begins and ends with the school’s clock', async () => {
  const auckland = { ...school, timeZone: 'Pacific/Auckland' }
  const there = { ...viewer, memberships: [{ school: auckland, role: 'viewer' as const, instructorId: null }] }
  const home = await on(there, '2026-11-22T20:30:00Z')
  expect(home).toMatchObject({ date: '2026-11-23', time: '09:30', hours: [{ count: 2 }] })
  expect((await on(viewer, '2026-11-22T20:30:00Z')).hours).toEqual([])
})

test('between terms no class meets, and the next term and its first day with classes are told', async () => {
  expect(await on(viewer, '2026-12-21T09:00:00Z')).toMatchObject({
    term: null,
    nextTerm: null,
    hours: [],
    nextDay: null,
  })
  const spring = await makeTerm('Spring', { startDate: '2027-01-05', endDate: '2027-03-26' })
  const academicSessionIds = [mine.academicSessionId, spring.id]
  await api().classes.update({ id: mine.classId, version: 1, academicSessionIds })
  expect(await on(viewer, '2026-12-21T09:00:00Z')).toMatchObject({
    term: null,
    nextTerm: { title: 'Spring', startDate: '2027-01-05' },
    hours: [],
    nextDay: '2027-01-11',
  })
  expect(await on(viewer, '2027-01-11T09:00:00Z')).toMatchObject({ term: { title: 'Spring' }, hours: [{ count: 1 }] })
})

test('a school says what it has so far', async () => {
  const fresh = await makeSchool('Fresh')
  const registrar = await makePerson(fresh, 'registrar')
  expect((await as(registrar).home.get()).has).toEqual({
    students: false,
    classes: false,
    terms: false,
    meetings: false,
  })
  await as(registrar).students.create({ givenName: 'First', familyName: 'Student' })
  expect((await as(registrar).home.get()).has).toMatchObject({ students: true, classes: false })
  expect((await as(viewer).home.get()).has).toEqual({ students: true, classes: true, terms: true, meetings: true })
  await writeInSchool(school.id, async (tx) => {
    await tx.update(meetings).set({ archivedAt: new Date() }).where(eq(meetings.schoolId, school.id))
    return []
  })
  expect((await as(viewer).home.get()).has.meetings).toBe(false)
})

test('days and their first instants are right on the days the clocks change', () => {
  expect(startOfDay('2026-03-29', 'Europe/London').toISOString()).toBe('2026-03-29T00:00:00.000Z')
  expect(startOfDay('2026-03-30', 'Europe/London').toISOString()).toBe('2026-03-29T23:00:00.000Z')
  expect(startOfDay('2026-11-01', 'America/New_York').toISOString()).toBe('2026-11-01T04:00:00.000Z')
  expect(startOfDay('2026-11-02', 'America/New_York').toISOString()).toBe('2026-11-02T05:00:00.000Z')
  expect(startOfDay('2026-11-20', 'Pacific/Auckland').toISOString()).toBe('2026-11-19T11:00:00.000Z')
  expect(weekdayOf('2026-11-22')).toBe(7)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})

test('the same day a year before is one of the calendar', () => {
  expect(['2026-11-20', '2028-02-29', '2029-02-28', '0100-03-01'].map(yearBefore)).toEqual([
    '2025-11-20',
    '2027-02-28',
    '2028-02-28',
    '0099-03-01',
  ])
})

test('the days of a range end with its last one, also where no day follows', () => {
  expect(daysFrom('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
  expect(daysFrom('9999-12-30', '9999-12-31')).toEqual(['9999-12-30', '9999-12-31'])
  expect(daysFrom('9999-12-30', addDays('9999-12-30', 6))).toEqual(['9999-12-30', '9999-12-31'])
  expect(addDays('0001-01-01', -1)).toBe('0001-01-01')
  expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([])
})
