/** Biology is in the lab with Ida Holm on Mondays from nine to ten. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let school: School
let office: Person
let has: ReturnType<typeof timetableOf>
let biology: string
let lab: string
let ida: string
beforeEach(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
  has = timetableOf(office)
  lab = await has.room('Lab', 24)
  await has.room('Room 10')
  await has.room('Room 2', 30)
  biology = await has.class('Biology')
  ida = await has.instructor('Ida', 'Holm', { classId: biology })
  await has.instructor('Otto', 'Berg')
  await has.meets(biology, { roomId: lab })
})
afterAll(() => db.close())

const monday = '2026-11-23'
type Asked = Parameters<ReturnType<typeof as>['meetings']['free']>[0]
const ask = (asked: Partial<Asked> = {}, person = office) =>
  as(person).meetings.free({ day: monday, startTime: '09:00', endTime: '10:00', ...asked })
const free = async (...args: Parameters<typeof ask>) => {
  const { rooms, instructors } = await ask(...args)
  return [...rooms.rows, ...instructors.rows].map(({ name }) => name)
}

test('whoever teaches and where it is taught are not free; who only touches the time is', async () => {
  expect(await free()).toEqual(['Room 2', 'Room 10', 'Otto Berg'])
  expect(await free({ startTime: '09:59', endTime: '11:00' })).toEqual(['Room 2', 'Room 10', 'Otto Berg'])
  const all = ['Lab', 'Room 2', 'Room 10', 'Otto Berg', 'Ida Holm']
  expect(await free({ startTime: '10:00', endTime: '11:00' })).toEqual(all)
  expect(await free({ startTime: '08:00', endTime: '09:00' })).toEqual(all)
  expect(await free({ day: '2026-11-24' })).toEqual(all)
})

test('rooms come with their seats, and only those with enough of them where that is asked', async () => {
  expect((await ask()).rooms).toMatchObject({
    count: 2,
    rows: [
      { name: 'Room 2', seats: 30 },
      { name: 'Room 10', seats: null },
    ],
  })
  expect(await free({ seats: 25 })).toEqual(['Room 2', 'Otto Berg'])
  expect(await free({ seats: 31 })).toEqual(['Otto Berg'])
})

test('on a closed day all are free, and the day says why', async () => {
  await as(office).calendars.changeDays({ from: monday, to: monday, kind: 'weather', seen: [] })
  expect(await ask()).toMatchObject({ day: { kind: 'weather' }, rooms: { count: 3 }, instructors: { count: 2 } })
})

test('a period is taken at the times of the day’s bells', async () => {
  const times = [{ period: 0, startTime: '12:00', endTime: '12:45' }]
  const { periods } = await as(office).periods.save({
    periods: [{ code: '1', name: 'First' }],
    schedules: [{ name: 'Usual', isDefault: true, times }],
    seen: [],
  })
  const p1 = periods[0]?.id ?? null
  await has.meets(biology, { periodId: p1, roomId: lab, startTime: '07:00', endTime: '07:45' })
  expect(await free({ startTime: '12:30', endTime: '12:50' })).not.toContain('Lab')
  expect(await free({ startTime: '07:00', endTime: '07:45' })).toContain('Lab')
  expect((await ask()).periods).toMatchObject([{ code: '1', startTime: '12:00', endTime: '12:45' }])
})

test('a day of the cycle without a date takes its room on every day', async () => {
  await has.meets(biology, { cycleDay: 2, roomId: lab, startTime: '13:00', endTime: '14:00' })
  expect(await free({ day: '2026-11-25', startTime: '13:00', endTime: '14:00' })).not.toContain('Lab')
})

test('whoever has left the class, has gone, or belongs to another school takes nothing and is not named', async () => {
  await as(office).instructors.update({ id: ida, version: 1, status: 'inactive' })
  const others = timetableOf(await makePerson(await makeSchool(), 'registrar'))
  await others.room('Away')
  const choir = await has.class('Choir')
  await has.instructor('Una', 'Lind', { classId: choir, endDate: '2026-11-22' })
  await has.meets(choir, {})
  expect(await free()).toEqual(['Room 2', 'Room 10', 'Otto Berg', 'Una Lind'])
})

test('an end before the beginning is refused; an instructor may ask', async () => {
  await expect(ask({ startTime: '10:00', endTime: '09:00' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await free({}, await makePerson(school, 'instructor', ida))).toEqual(['Room 2', 'Room 10', 'Otto Berg'])
})
