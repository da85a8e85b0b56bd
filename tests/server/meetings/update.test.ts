/** Today is Friday, 20 November 2026, 9:00 in London. */
import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { academicSessions, classTerms, journal, journalValues, meetings } from '../../../db/schema/index.ts'
import { as, db, makePerson, writeInSchool } from '../../setup/people.ts'
import { api, registrar, school } from '../../setup/school.ts'
import { statementsOf, watchStatements } from '../../setup/statements.ts'
import { timetableOf } from './timetable.ts'

const has = timetableOf(registrar)
let classId: string
let lab: string
afterAll(watchStatements())
beforeAll(async () => {
  lab = await has.room('Lab')
})
beforeEach(async () => {
  classId = await has.class('Chemistry 11A')
})

const list = () => api().meetings.list({ classId })
const seenNow = async () => (await list()).meetings.map(({ id, version }) => ({ id, version }))
const monday = { weekday: 1, startTime: '09:00', endTime: '10:00' }
const wednesday = { weekday: 3, startTime: '11:00', endTime: '12:00' }
type Input = Parameters<ReturnType<typeof as>['meetings']['update']>[0]
const save = async (wanted: Input['meetings'], more: Partial<Input> = {}) =>
  api().meetings.update({ classId, meetings: wanted, seen: await seenNow(), ...more })

const rows = () =>
  db
    .select()
    .from(meetings)
    .where(and(eq(meetings.schoolId, school.id), eq(meetings.classId, classId)))
    .orderBy(asc(meetings.weekday), asc(meetings.validFrom))
const week = async (day: string) =>
  (await api().meetings.week({ of: 'class', id: classId, day })).meetings.map(
    ({ date, startTime, roomName }) => `${date} ${startTime}${roomName ? ` ${roomName}` : ''}`,
  )

test('changing next week never rewrites last week', async () => {
  await has.meets(classId, {}, { weekday: 3 })
  await save([{ ...monday, startTime: '08:00', roomId: lab }, wednesday], { from: '2026-11-23', to: null })
  expect(await week('2026-11-16')).toEqual(['2026-11-16 09:00', '2026-11-18 09:00'])
  expect(await week('2026-11-23')).toEqual(['2026-11-23 08:00 Lab', '2026-11-25 11:00'])
  const [old, fresh] = await rows()
  expect(old).toMatchObject({ validFrom: '2026-09-01', validTo: '2026-11-22', version: 2, startTime: '09:00' })
  expect(fresh).toMatchObject({ validFrom: '2026-11-23', validTo: null, version: 1, startTime: '08:00' })
})

test('what goes on as it was keeps its row and its version', async () => {
  await has.meets(classId, {}, { weekday: 3 })
  const [before] = await rows()
  await save([monday, wednesday], { from: '2026-11-23' })
  expect((await rows())[0]).toEqual(before)
})

test('a change for one week only gives way to the old times after it', async () => {
  await has.meets(classId, { validTo: '2026-12-18' })
  await save([{ ...monday, startTime: '09:30' }], { from: '2026-11-23', to: '2026-11-29' })
  expect(await week('2026-11-16')).toEqual(['2026-11-16 09:00'])
  expect(await week('2026-11-23')).toEqual(['2026-11-23 09:30'])
  expect(await week('2026-11-30')).toEqual(['2026-11-30 09:00'])
  expect(await week('2026-12-21')).toEqual([])
})

test('another room for one day changes that day alone, and leaves the other days of the week as they are', async () => {
  const hall = await has.room('Hall')
  await has.meets(classId, {}, { weekday: 3 })
  const { meetings: made } = await save(
    [
      { ...monday, roomId: hall },
      { ...monday, weekday: 3, roomId: hall },
    ],
    { from: '2026-11-23', to: '2026-11-23' },
  )
  expect(made.map(({ weekday, validFrom, validTo, roomId }) => [weekday, validFrom, validTo, roomId])).toEqual([
    [1, '2026-09-01', '2026-11-22', null],
    [1, '2026-11-23', '2026-11-23', hall],
    [1, '2026-11-24', null, null],
    [3, '2026-09-01', null, null],
  ])
})

test('a class that only moves to another room is not asked again why its people are busy', async () => {
  const blocked = await has.class('Physics')
  await has.meets(blocked, {})
  await has.student('Amy', 'Stone', { classId }, { classId: blocked })
  const overrideReason = 'Amy goes to each every other week'
  await has.meets(classId, { overrideReason })
  const moved = [{ ...monday, roomId: await has.room('Annex') }]
  const days = { from: '2026-11-23', to: '2026-11-23' }
  const asked = await api().meetings.conflicts({ classId, meetings: moved, ...days })
  expect(asked.conflicts).toMatchObject([{ kind: 'student', stands: true }])
  await save(moved, days)
  expect((await rows()).map((row) => row.overrideReason)).toEqual([overrideReason, overrideReason, overrideReason])
  const later = [{ ...monday, startTime: '09:30' }]
  await expect(save(later, { from: '2026-11-30' })).rejects.toMatchObject({ cause: { reason: 'meeting.conflicts' } })
})

test('a meeting that has not begun is corrected in place, under its next version', async () => {
  await has.meets(classId, { validFrom: '2027-01-04' })
  const [before] = await rows()
  expect(await list()).toMatchObject({ earliest: null, from: '2027-01-04' })
  await save([{ ...monday, startTime: '08:30' }], { from: '2027-01-04' })
  expect(await rows()).toMatchObject([{ id: before?.id, version: 2, startTime: '08:30', validFrom: '2027-01-04' }])
})

test('a planned change of later stays when the weeks before it are changed', async () => {
  await has.meets(classId, { validTo: '2027-01-31' }, { startTime: '13:00', endTime: '14:00', validFrom: '2027-02-01' })
  const answer = await save([wednesday], { from: '2026-11-23' })
  expect(answer.meetings).toMatchObject([
    { weekday: 1, validTo: '2026-11-22' },
    { weekday: 1, startTime: '13:00', validFrom: '2027-02-01', validTo: null },
    { weekday: 3, validFrom: '2026-11-23', validTo: '2027-01-31' },
  ])
})

test('ending all meetings from a day on leaves what was held', async () => {
  await has.meets(classId, {}, { weekday: 3 })
  await save([], { from: '2026-11-25', to: null })
  expect(await week('2026-11-23')).toEqual(['2026-11-23 09:00'])
  expect(await week('2026-11-30')).toEqual([])
})

test('no change reaches back before today once a class has met', async () => {
  await has.meets(classId, {})
  await expect(save([wednesday], { from: '2026-11-19' })).rejects.toMatchObject({
    cause: { reason: 'meeting.already_held', details: { earliest: '2026-11-20' } },
  })
  await save([wednesday], { from: '2026-11-20' })
})

test('a class that met this morning changes from tomorrow', async () => {
  await has.meets(classId, { weekday: 5, startTime: '08:00', endTime: '08:45' })
  expect(await list()).toMatchObject({ earliest: '2026-11-21', from: '2026-11-27' })
  await expect(save([], { from: '2026-11-20' })).rejects.toMatchObject({ cause: { reason: 'meeting.already_held' } })
})

test('the timetable of a class that has none yet may begin in the past', async () => {
  await save([monday], { from: '2026-09-07', to: '2026-12-18' })
  expect(await week('2026-09-07')).toEqual(['2026-09-07 09:00'])
})

test('a class in a term meets until the end of the term, unless somebody says otherwise', async () => {
  const term = newId()
  await writeInSchool(school.id, async (tx) => {
    await tx.insert(academicSessions).values({
      schoolId: school.id,
      id: term,
      title: 'Spring',
      type: 'term',
      startDate: '2027-01-11',
      endDate: '2027-03-26',
    })
    await tx.insert(classTerms).values({ schoolId: school.id, classId, academicSessionId: term })
    return []
  })
  expect(await list()).toMatchObject({ from: '2027-01-11', to: '2027-03-26', meetings: [] })
  const { meetings: made } = await save([monday])
  expect(made).toMatchObject([{ validFrom: '2027-01-11', validTo: '2027-03-26' }])
})

test('who saves over somebody else’s change is told of it first', async () => {
  await has.meets(classId, {})
  const seen = await seenNow()
  await save([wednesday], { from: '2026-11-23' })
  const refused = api().meetings.update({ classId, meetings: [monday], seen, from: '2026-11-23' })
  await expect(refused).rejects.toMatchObject({ cause: { reason: 'meeting.stale' } })
  const error = await refused.catch((cause) => cause.cause.details.changes)
  expect(error).toMatchObject([{ by: 'The registrar', fields: ['validTo'] }, { version: 1 }])
})

test('a save that collides is refused, and nothing is changed', async () => {
  const blocked = await has.class('Physics')
  await has.meets(blocked, { roomId: lab, weekday: 4 })
  const wanted = [{ weekday: 4, startTime: '09:30', endTime: '10:30', roomId: lab }]
  await expect(save(wanted, { from: '2026-11-23' })).rejects.toMatchObject({
    cause: {
      reason: 'meeting.conflicts',
      details: { conflicts: [{ kind: 'room', names: ['Lab'], classTitle: 'Physics', stands: false }] },
    },
  })
  expect(await rows()).toEqual([])
})

test('a reason lets it stand, is kept with the meeting and goes to the journal', async () => {
  const blocked = await has.class('Physics')
  await has.meets(blocked, { roomId: lab, weekday: 2 })
  const wanted = [{ ...wednesday }, { weekday: 2, startTime: '09:30', endTime: '10:30', roomId: lab }]
  const overrideReason = 'They share the lab that week'
  await save(wanted, { from: '2026-11-23', overrideReason })
  expect(await rows()).toMatchObject([
    { weekday: 2, overrideReason },
    { weekday: 3, overrideReason: null },
  ])
  const told = await db
    .select({ content: journalValues.content })
    .from(journal)
    .innerJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, 'meeting')))
  expect(told.some(({ content }) => content.includes(overrideReason))).toBe(true)

  await save([wanted[1] as (typeof wanted)[0], { ...monday }], { from: '2026-11-24' })
  expect((await rows()).filter(({ weekday }) => weekday === 2)).toMatchObject([{ version: 1, overrideReason }])
})

test('an archived room is not chosen, but a class that meets there may stay', async () => {
  const attic = await has.room('Attic')
  const { version } = await api().rooms.get({ id: attic })
  await has.meets(classId, { roomId: attic })
  await api().rooms.archive({ id: attic, version, standing: 'keep' })
  await save([{ ...monday, startTime: '08:00', roomId: attic }], { from: '2026-11-23' })
  const another = await has.class('Latin')
  const chosen = api().meetings.update({ classId: another, meetings: [{ ...wednesday, roomId: attic }], seen: [] })
  await expect(chosen).rejects.toMatchObject({ cause: { reason: 'room.not_found' } })
})

test('a class cannot meet twice at once, nor end before it begins', async () => {
  const twice = [monday, { ...monday, startTime: '09:30' }]
  await expect(save(twice)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(save([{ ...monday, endTime: '09:00' }])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(save([{ ...monday, weekday: null }])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await save([monday, { ...monday, startTime: '10:00', endTime: '11:00' }])
})

test('a meeting on a day of the cycle is kept apart from weekdays', async () => {
  await save([{ cycleDay: 2, startTime: '09:00', endTime: '10:00' }], { from: '2026-11-23' })
  const { meetings: shown } = await api().meetings.week({ of: 'class', id: classId, day: '2026-11-23' })
  expect(shown).toMatchObject([{ cycleDay: 2, date: null }])
})

test('one who may only look changes nothing', async () => {
  const viewer = await makePerson(school, 'viewer')
  await expect(as(viewer).meetings.update({ classId, meetings: [], seen: [] })).rejects.toMatchObject({
    cause: { reason: 'permission.missing' },
  })
})

test('who names hundreds of meetings that the class does not have is refused after few questions', async () => {
  const seen = Array.from({ length: 400 }, () => ({ id: newId(), version: 1 }))
  const { answer, statements } = await statementsOf(() => save([monday], { seen }))
  expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'meeting.stale' } })
  expect(statements.length).toBeLessThan(40)
})
