/** Today is Friday, 20 November 2026. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let school: School
let office: Person
let has: ReturnType<typeof timetableOf>
const ids: Record<string, string> = {}
beforeAll(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
  has = timetableOf(office)
  ids.lab = await has.room('Lab')
  for (const title of ['Biology', 'Choir', 'Latin', 'Art']) ids[title] = await has.class(title)
  await has.meets(ids.Biology ?? '', { weekday: 3 }, { roomId: ids.lab }, { weekday: 5, validTo: '2026-11-19' })
  await has.meets(ids.Choir ?? '', { validTo: '2026-12-01' }, { validFrom: '2026-12-02', weekday: 2 })
  await has.meets(ids.Latin ?? '', { validFrom: '2027-01-11', weekday: 4 }, { validFrom: '2027-02-01', weekday: 5 })
})
afterAll(() => db.close())

const times = async (...titles: string[]) =>
  (await as(office).meetings.ofClasses({ classIds: titles.map((title) => ids[title] ?? '') })).map(
    ({ classId, weekday, startTime, roomName }) => [classId, weekday, startTime, roomName],
  )

test('classes are told apart by when and where they meet today', async () => {
  expect(await times('Biology', 'Choir')).toEqual([
    [ids.Biology, 1, '09:00', 'Lab'],
    [ids.Biology, 3, '09:00', null],
    [ids.Choir, 1, '09:00', null],
  ])
})

test('a class that meets later only, as it begins; one without meetings not at all', async () => {
  expect(await times('Latin', 'Art')).toEqual([[ids.Latin, 4, '09:00', null]])
})

test('another school’s class and an archived one meet nowhere', async () => {
  const other = timetableOf(await makePerson(await makeSchool(), 'registrar'))
  ids.away = await other.class('Away')
  await other.meets(ids.away, {})
  await as(office).classes.archive({ id: ids.Choir ?? '', version: 1, standing: 'keep' })
  expect(await times('away', 'Choir')).toEqual([])
})

test('whoever enrolls nobody does not ask', async () => {
  const ida = await makePerson(school, 'instructor')
  await expect(as(ida).meetings.ofClasses({ classIds: [ids.Biology ?? ''] })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
