import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { academicSessions } from '../../../db/schema/index.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'

let viewer: Person
beforeAll(async () => {
  const school = await makeSchool()
  viewer = await makePerson(school, 'viewer')
  const session = (title: string, type: 'schoolYear' | 'semester' | 'term', startDate: string, endDate: string) => ({
    schoolId: school.id,
    id: newId(),
    title,
    type,
    startDate,
    endDate,
  })
  await writeInSchool(school.id, async (tx) => {
    await tx
      .insert(academicSessions)
      .values([
        session('2026-27', 'schoolYear', '2026-08-31', '2027-06-18'),
        session('Autumn term', 'term', '2026-08-31', '2026-12-18'),
        session('Spring term', 'term', '2027-01-04', '2027-03-26'),
      ])
    return []
  })
})
afterAll(() => db.close())

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
