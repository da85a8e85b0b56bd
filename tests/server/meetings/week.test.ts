import { beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { as, makePerson } from '../../setup/people.ts'
import { api, later, registrar, school } from '../../setup/school.ts'
import { timetableOf } from './timetable.ts'

let viewer: Person
let ida: Person
const has = timetableOf(registrar)
const ids: Record<string, string> = {}
beforeAll(async () => {
  ids.lab = await has.room('Lab')
  ids.biology = await has.class('Biology', { code: 'BIO' })
  ids.choir = await has.class('Choir')
  ids.ida = await has.instructor('Ida', 'Holm', { classId: ids.biology })
  ids.otto = await has.instructor('Otto', 'Berg', { classId: ids.choir, endDate: '2026-11-24' })
  ids.amy = await has.student(
    'Amy',
    'Stone',
    { classId: ids.biology },
    { classId: ids.choir, status: 'withdrawn', endDate: '2026-11-24' },
  )
  ids.zed = await has.student('Zed', 'Young', { classId: ids.choir })
  await has.meets(ids.biology, { roomId: ids.lab }, { weekday: 4, validTo: '2026-11-22' })
  await has.meets(ids.choir, { startTime: '13:00', endTime: '14:00', roomId: ids.lab }, { weekday: 3 })
  viewer = await makePerson(school, 'viewer')
  ida = await makePerson(school, 'instructor', ids.ida)
})

type Of = 'class' | 'instructor' | 'room' | 'student'
const week = (of: Of, id = '', person = viewer, day = '2026-11-25') => as(person).meetings.week({ of, id, day })
const shown = async (...args: Parameters<typeof week>) =>
  (await week(...args)).meetings.map(({ date, startTime, classTitle }) => `${date} ${startTime} ${classTitle}`)

test('a class’s week shows what is valid on each of its days, with room and instructor', async () => {
  expect(await week('class', ids.biology)).toMatchObject({
    name: 'Biology',
    monday: '2026-11-23',
    today: '2026-11-20',
    meetings: [
      { date: '2026-11-23', startTime: '09:00', roomName: 'Lab', classCode: 'BIO', instructors: ['Ida Holm'] },
    ],
  })
  expect(await shown('class', ids.biology, viewer, '2026-11-16')).toEqual([
    '2026-11-16 09:00 Biology',
    '2026-11-19 09:00 Biology',
  ])
})

test('a room’s week shows every class in it', async () => {
  expect(await shown('room', ids.lab)).toEqual(['2026-11-23 09:00 Biology', '2026-11-23 13:00 Choir'])
})

test('a week holds somebody’s classes until the last day there, not after it', async () => {
  expect(await shown('student', ids.amy)).toEqual(['2026-11-23 09:00 Biology', '2026-11-23 13:00 Choir'])
  expect(await shown('instructor', ids.otto)).toEqual(['2026-11-23 13:00 Choir'])
  expect(await shown('instructor', ids.otto, viewer, '2026-11-30')).toEqual([])
})

test('an instructor sees the own week, the own classes, and of students only those', async () => {
  expect(await shown('instructor', ids.ida, ida)).toEqual(['2026-11-23 09:00 Biology'])
  expect(await shown('class', ids.biology, ida)).toEqual(['2026-11-23 09:00 Biology'])
  expect(await shown('student', ids.amy, ida)).toEqual(['2026-11-23 09:00 Biology'])
  for (const [of, id, reason] of [
    ['class', ids.choir, 'class.not_found'],
    ['student', ids.zed, 'student.not_found'],
    ['instructor', ids.otto, 'instructor.not_found'],
    ['room', ids.lab, 'room.not_found'],
  ] as const)
    await expect(week(of, id, ida)).rejects.toMatchObject({ cause: { reason } })
  await expect(as(ida).meetings.list({ classId: ids.choir ?? '' })).rejects.toMatchObject({
    cause: { reason: 'class.not_found' },
  })
})

test('an instructor without a record sees no week at all', async () => {
  const nobody = await makePerson(school, 'instructor')
  await expect(week('class', ids.biology, nobody)).rejects.toMatchObject({ cause: { reason: 'class.not_found' } })
})

test('an archived class stays in the weeks before it was archived, and in none after', async () => {
  const latin = await has.class('Latin')
  const roomId = await has.room('Attic')
  await has.meets(latin, { roomId }, { roomId, weekday: 4 })
  await api(later(-2)).classes.archive({ id: latin, version: 1, standing: 'keep' })
  expect(await shown('room', roomId, viewer, '2026-11-16')).toEqual(['2026-11-16 09:00 Latin'])
  expect(await shown('room', roomId)).toEqual([])
})

test('weeks of a school that is open from Sunday to Thursday begin on Sunday, in the master timetable too', async () => {
  school.weekdays = '12347'
  try {
    expect((await week('class', ids.biology, viewer, '2026-11-29')).monday).toBe('2026-11-29')
    expect((await week('class', ids.biology, viewer, '2026-11-28')).monday).toBe('2026-11-22')
    expect(await shown('class', ids.biology, viewer, '2026-11-28')).toEqual(['2026-11-23 09:00 Biology'])
    const { days } = await as(viewer).meetings.master({ by: 'room', day: '2026-12-02', span: 'week' })
    expect([days[0]?.date, days.at(-1)?.date]).toEqual(['2026-11-29', '2026-12-05'])
  } finally {
    delete school.weekdays
  }
})
