import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { calendarDays } from '../../../db/schema/index.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'

let office: Person
const api = () => as(office, { now: new Date('2026-11-20T15:00:00Z') })
beforeEach(async () => {
  office = await makePerson(await makeSchool(), 'registrar')
})
afterAll(() => db.close())

const year = { from: '2026-11-16', to: '2026-11-27', weekdays: [1, 2, 3, 4, 5] }
const next = { from: '2026-11-30', to: '2026-12-04', weekdays: [1, 2, 3, 4, 5] }
const cycleOf = async ({ from, to }: { from: string; to: string }) => {
  const { days } = await api().calendars.days({ from, to })
  return days.flatMap(({ cycleDay }) => cycleDay ?? [])
}
const change = async (date: string, fields: { kind: 'weather' | 'instruction'; cycle?: 'shift' }) => {
  const { days } = await api().calendars.days({ from: date, to: date })
  const seen = days.map(({ id, version }) => ({ id, version }))
  return api().calendars.changeDays({ from: date, to: date, seen, ...fields })
}

test('a snow day shifts this year by its own cycle, and not the next year that has another', async () => {
  await api().calendars.layOut({ ...year, cycleLength: 4 })
  await api().calendars.layOut({ ...next, cycleLength: 6 })
  await change('2026-11-23', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf(year)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1])
  expect(await cycleOf(next)).toEqual([1, 2, 3, 4, 5])
})

test('a snow day does not shift the next school year where its cycle is as long', async () => {
  const title = { title: '2026-27', type: 'schoolYear' as const, startDate: year.from, endDate: year.to }
  await api().academicSessions.create(title)
  await api().calendars.layOut({ ...year, cycleLength: 4 })
  await api().calendars.layOut({ ...next, cycleLength: 4 })
  await change('2026-11-23', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf(year)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1])
  expect(await cycleOf(next)).toEqual([1, 2, 3, 4, 1])
})

test('a day keeps its place in the cycle where the next year is laid out without one', async () => {
  await api().calendars.layOut({ ...year, cycleLength: 4 })
  await api().calendars.layOut(next)
  await change('2026-11-24', { kind: 'instruction' })
  await change('2026-12-05', { kind: 'instruction' })
  expect(await cycleOf(year)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2])
  await change('2026-11-23', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf(year)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1])
  await change('2026-11-28', { kind: 'instruction' })
  expect(await cycleOf({ ...year, to: '2026-12-05' })).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2])
})

test('days of an older version, which do not say their length, are counted by the greatest day of their year', async () => {
  await api().calendars.layOut({ ...year, cycleLength: 4 })
  const schoolId = office.memberships[0]?.school.id ?? 0
  await writeInSchool(schoolId, async (tx) => {
    await tx.update(calendarDays).set({ cycleLength: null }).where(eq(calendarDays.schoolId, schoolId))
    return []
  })
  await api().calendars.layOut({ ...next, cycleLength: 6 })
  await change('2026-11-23', { kind: 'weather', cycle: 'shift' })
  expect(await cycleOf(year)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1])
  expect(await cycleOf(next)).toEqual([1, 2, 3, 4, 5])
})
