/** Biology meets on Mondays from 9 to 10; each test puts something in its way. Today is Friday, 20 November 2026. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { timetableOf } from './timetable.ts'

let school: School
let office: Person
let has: ReturnType<typeof timetableOf>
let biology: string
let choir: string
beforeEach(async () => {
  school = await makeSchool()
  office = await makePerson(school, 'registrar')
  has = timetableOf(office)
  biology = await has.class('Biology', { capacity: 28 })
  choir = await has.class('Choir')
})
afterAll(() => db.close())

const monday = { weekday: 1, startTime: '09:00', endTime: '10:00' }
const days = { from: '2026-11-23', to: '2026-12-18' as string | null }
const check = async (more: Partial<typeof monday & { roomId: string }> = {}, on: Partial<typeof days> = {}) =>
  as(office).meetings.conflicts({ classId: biology, meetings: [{ ...monday, ...more }], ...days, ...on })
const conflicts = async (...args: Parameters<typeof check>) => (await check(...args)).conflicts

test('a room is in use by another class', async () => {
  const roomId = await has.room('Lab')
  await has.meets(choir, { roomId, startTime: '09:30', endTime: '10:30' })
  expect(await conflicts({ roomId })).toEqual([
    {
      kind: 'room',
      place: 0,
      meetingId: expect.any(String),
      classId: choir,
      classTitle: 'Choir',
      classCode: null,
      weekday: 1,
      cycleDay: null,
      startTime: '09:30',
      endTime: '10:30',
      roomName: 'Lab',
      from: '2026-11-23',
      to: '2026-12-14',
      count: 1,
      names: ['Lab'],
      stands: false,
    },
  ])
  expect(await conflicts({ roomId: await has.room('Gym') })).toEqual([])
})

test('an instructor teaches another class', async () => {
  await has.instructor('Ida', 'Holm', { classId: biology }, { classId: choir })
  await has.meets(choir, {})
  expect(await conflicts()).toMatchObject([{ kind: 'instructor', names: ['Ida Holm'], classTitle: 'Choir' }])
})

test('students are in another class: how many, and the first few by name', async () => {
  for (const name of ['Gil', 'Fay', 'Eve', 'Dan', 'Cleo', 'Ben', 'Amy'])
    await has.student(name, 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, {})
  const names = ['Amy', 'Ben', 'Cleo', 'Dan', 'Eve'].map((name) => `${name} Stone`)
  expect(await conflicts()).toMatchObject([{ kind: 'student', count: 7, names }])
})

test('times that touch do not collide', async () => {
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, { startTime: '08:00', endTime: '09:00' }, { startTime: '10:00', endTime: '11:00' })
  expect(await conflicts()).toEqual([])
  expect(await conflicts({ endTime: '10:01' })).toHaveLength(1)
  expect(await conflicts({ weekday: 2 })).toEqual([])
})

test('a meeting inside the other, or around it, collides', async () => {
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, {})
  expect(await conflicts({ startTime: '09:20', endTime: '09:40' })).toHaveLength(1)
  expect(await conflicts({ startTime: '08:00', endTime: '12:00' })).toHaveLength(1)
})

test('an enrollment that has ended, waits or begins later does not collide', async () => {
  await has.meets(choir, {})
  await has.student('Ann', 'Ended', { classId: biology }, { classId: choir, endDate: '2026-11-22' })
  await has.student('Wim', 'Waits', { classId: biology }, { classId: choir, status: 'waitlisted' })
  await has.student('Lee', 'Later', { classId: biology }, { classId: choir, beginDate: '2026-12-15' })
  await has.student(
    'Max',
    'Moves',
    { classId: biology, endDate: '2026-11-30' },
    { classId: choir, beginDate: '2026-12-01' },
  )
  await has.student('Gone', 'Away', { classId: biology }, { classId: choir, status: 'withdrawn' })
  expect(await conflicts()).toEqual([])
  expect(await conflicts({}, { to: null })).toMatchObject([{ names: ['Lee Later'], from: '2026-12-21', to: null }])
})

test('an assignment that has ended does not collide', async () => {
  await has.meets(choir, {})
  await has.instructor('Ida', 'Holm', { classId: biology }, { classId: choir, endDate: '2026-11-22' })
  expect(await conflicts()).toEqual([])
})

test('days on which nobody meets are not counted: a Tuesday to Sunday holds no Monday', async () => {
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, { validTo: '2026-11-29' })
  expect(await conflicts({}, { from: '2026-11-24', to: null })).toEqual([])
  expect(await conflicts()).toMatchObject([{ from: '2026-11-23', to: '2026-11-23' }])
})

test('days of the cycle collide with the same day of the cycle, and with any weekday: no calendar says which it is', async () => {
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, { cycleDay: 3 })
  const of = (slot: object) =>
    as(office).meetings.conflicts({ classId: biology, ...days, meetings: [{ ...monday, weekday: null, ...slot }] })
  expect((await of({ cycleDay: 3 })).conflicts).toMatchObject([{ cycleDay: 3, from: '2026-11-23' }])
  expect((await of({ cycleDay: 4 })).conflicts).toEqual([])
  expect(await conflicts()).toMatchObject([{ cycleDay: 3, from: '2026-11-23', to: '2026-12-14' }])
})

test('archived classes, meetings and people are in nobody’s way', async () => {
  const archivedAt = new Date('2026-11-01T09:00:00Z')
  const old = await has.class('Old')
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir }, { classId: old })
  await has.meets(old, {})
  await as(office).classes.archive({ id: old, version: 1, standing: 'keep' })
  await has.meets(choir, { archivedAt })
  expect(await conflicts()).toEqual([])
  await has.meets(choir, {})
  const { version, id } = await as(office).students.get({
    id: (await as(office).students.list({})).rows[0]?.id ?? '',
  })
  expect(await conflicts()).toHaveLength(1)
  await as(office).students.archive({ id, version, standing: 'keep' })
  expect(await conflicts()).toEqual([])
})

test('another school is in nobody’s way', async () => {
  const elsewhere = timetableOf(await makePerson(await makeSchool('Southfield'), 'registrar'))
  const roomId = await elsewhere.room('Lab')
  await elsewhere.meets(await elsewhere.class('Choir'), { roomId })
  expect(await conflicts({ roomId })).toEqual([])
})

test('a room with too few seats is a warning, and does not keep anybody from saving', async () => {
  const roomId = await has.room('Cupboard', 12)
  expect(await check({ roomId })).toMatchObject({
    conflicts: [],
    seats: [{ kind: 'seats', place: 0, roomName: 'Cupboard', seats: 12, needed: 28 }],
  })
  await as(office).meetings.update({ classId: biology, meetings: [{ ...monday, roomId }], seen: [], ...days })
})

test('what stands as it was is told apart from what is new', async () => {
  await has.student('Amy', 'Stone', { classId: biology }, { classId: choir })
  await has.meets(choir, {}, { weekday: 3 })
  await has.meets(biology, {})
  const wanted = [monday, { ...monday, weekday: 3 }]
  const { conflicts: found } = await as(office).meetings.conflicts({ classId: biology, meetings: wanted, ...days })
  expect(found.map(({ place, stands }) => [place, stands])).toEqual([
    [0, true],
    [1, false],
  ])
})

test('before students are enrolled one sees what they would miss', async () => {
  const amy = await has.student('Amy', 'Stone', { classId: choir, endDate: '2026-12-11' })
  const ben = await has.student('Ben', 'Stone')
  await has.meets(choir, {}, { weekday: 4 })
  await has.meets(biology, { startTime: '09:30', endTime: '10:30' })
  const ask = (studentIds: string[], from?: string) =>
    as(office).meetings.studentConflicts({ classId: biology, studentIds, ...(from && { from }) })
  expect(await ask([amy, ben])).toEqual([
    {
      studentId: amy,
      givenName: 'Amy',
      familyName: 'Stone',
      classId: choir,
      classTitle: 'Choir',
      classCode: null,
      weekday: 1,
      cycleDay: null,
      startTime: '09:00',
      endTime: '10:00',
      from: '2026-11-23',
      to: '2026-12-07',
    },
  ])
  expect(await ask([ben])).toEqual([])
  expect(await ask([amy], '2026-12-10')).toEqual([])
})
