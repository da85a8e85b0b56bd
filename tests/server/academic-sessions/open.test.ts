import { beforeAll, expect, test } from 'vitest'
import { as, makePerson } from '../../setup/people.ts'
import { makeTerm, school } from '../../setup/school.ts'

const viewer = await makePerson(school, 'viewer')
beforeAll(async () => {
  await makeTerm('2026-27', { type: 'schoolYear', startDate: '2026-08-31', endDate: '2027-06-18' })
  await makeTerm('Autumn term', { startDate: '2026-08-31' })
  await makeTerm('Spring term', { startDate: '2027-01-04', endDate: '2027-03-26' })
})

const on = (day: string) => as(viewer, { now: new Date(day) }).academicSessions.current()

test('the term that today lies in comes before the year around it', async () => {
  expect(await on('2026-11-20T09:00:00Z')).toMatchObject({ title: 'Autumn term' })
  expect(await on('2027-01-04T00:30:00Z')).toMatchObject({ title: 'Spring term' })
})

test('between two terms it is the year, and in the holidays nothing', async () => {
  expect(await on('2026-12-28T09:00:00Z')).toMatchObject({ title: '2026-27' })
  expect(await on('2027-07-20T09:00:00Z')).toBeNull()
})

test('a day ends when it ends in the school, not in Greenwich', async () => {
  expect(await on('2026-08-30T23:30:00Z')).toMatchObject({ title: 'Autumn term' })
})
