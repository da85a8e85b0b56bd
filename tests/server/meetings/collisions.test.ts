/** Every way in which two classes can come to need one instructor or one room at once. Today is Friday, 20 November 2026. */
import { beforeEach, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person, RequestContext } from '../../../server/trpc.ts'
import { reasonOf, refusal, seen } from '../../setup/answers.ts'
import type { Caller } from '../../setup/people.ts'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { doing, undo } from '../../setup/school.ts'
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
  biology = await has.class('Biology')
  choir = await has.class('Choir')
})

const api = (more: Partial<RequestContext> = {}): Caller => as(office, more)
const inChoir = (more: object = {}) =>
  refusal('meeting.conflicts', { conflicts: [{ classTitle: 'Choir', startTime: '09:00', endTime: '10:00', ...more }] })
type Assign = Parameters<Caller['classInstructors']['create']>[0]
const assign = (instructorId: string, classId = biology, more: Partial<Assign> = {}) =>
  api().classInstructors.create({ classId, instructorId, ...more })
const setRoom = async (classId: string, roomId: string | null, more: object = {}) => {
  const { version } = await api().classes.get({ id: classId })
  return api().classes.update({ id: classId, version, roomId, ...more })
}
/** What is marked at the class's meetings. */
const marksIn = async (classId: string, who = office) =>
  (await as(who).meetings.list({ classId })).meetings.flatMap(({ collisions }) =>
    collisions.map(({ kind, classTitle, names, reason }) => [kind, classTitle, names[0], reason]),
  )
/** The classes that home counts. */
const onHome = async () => {
  const line = (await api().home.get()).attention.find(({ kind }) => kind === 'classesColliding')
  expect(await api().classes.count({ attention: 'colliding' })).toBe(line?.count ?? 0)
  const listed = await api().classes.list({ attention: 'colliding' })
  expect(listed.rows.map(({ title }) => title)).toEqual(line?.first.map(({ name }) => name) ?? [])
  return listed.rows.map(({ title }) => title)
}
const both = ['Biology', 'Choir']

const bothMeet = async () => {
  await has.meets(biology, {})
  await has.meets(choir, {})
}

test('an instructor is not added to a class that meets while another of hers does: the answer names it', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  await expect(assign(ida)).rejects.toMatchObject(
    inChoir({ kind: 'instructor', names: ['Ida Holm'], from: '2026-11-23', to: null }),
  )
  expect((await api().classes.get({ id: biology })).assignments).toEqual([])
})

test('a reason holds her in both: the class’s meetings keep it, and both classes show it', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  const operationId = await doing(
    (who) => who.classInstructors.create({ classId: biology, instructorId: ida, overrideReason: 'They rehearse' }),
    office,
  )
  expect(await marksIn(biology)).toEqual([['instructor', 'Choir', 'Ida Holm', 'They rehearse']])
  expect(await marksIn(choir)).toEqual([['instructor', 'Biology', 'Ida Holm', 'They rehearse']])
  const { meetings } = await api().meetings.week({ of: 'instructor', id: ida, day: '2026-11-23' })
  expect(meetings.map(({ collisions }) => collisions[0]?.reason)).toEqual(['They rehearse', 'They rehearse'])
  expect((await api().meetings.list({ classId: biology })).meetings).toMatchObject([
    { overrideReason: 'They rehearse', version: 2 },
  ])
  expect(await onHome()).toEqual([])
  await undo(operationId, office)
  expect(await marksIn(biology)).toEqual([])
  expect((await api().meetings.list({ classId: biology })).meetings).toMatchObject([{ overrideReason: null }])
})

test('days on which she is in one of them only are no collision; an edit that makes them meet is refused', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm', { classId: choir, endDate: '2026-11-30' })
  const added = await assign(ida, biology, { beginDate: '2026-12-01' })
  const update = (fields: object) => api().classInstructors.update({ ...seen(added), ...fields })
  await expect(update({ beginDate: '2026-11-30' })).rejects.toMatchObject(
    inChoir({ from: '2026-11-30', to: '2026-11-30' }),
  )
  await expect(update({ beginDate: null })).rejects.toMatchObject(inChoir({ from: '2026-11-23', to: '2026-11-30' }))
  const held = await update({ beginDate: '2026-11-30', overrideReason: 'One lesson only' })
  expect(held).toMatchObject({ beginDate: '2026-11-30', version: 2 })
  const again = { ...seen(held), isPrimary: true }
  expect(await api().classInstructors.update(again)).toMatchObject({ version: 3 })
})

test('more days of a collision that is held are asked about again, fewer are not', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  const held = await assign(ida, biology, { endDate: '2026-12-18', overrideReason: 'Until Christmas' })
  const longer = { ...seen(held), endDate: '2027-01-31' }
  await expect(api().classInstructors.update(longer)).rejects.toMatchObject(inChoir())
  expect(await api().classInstructors.update({ ...seen(held), endDate: '2026-12-11' })).toMatchObject({ version: 2 })
})

test('meetings that touch, other days, other weeks and what is over do not collide', async () => {
  await has.meets(
    biology,
    { startTime: '10:00', endTime: '11:00' },
    { weekday: 2 },
    { validFrom: '2027-02-01' },
    { validTo: '2026-11-19' },
  )
  await has.meets(choir, { validTo: '2027-01-31' })
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  expect(await assign(ida)).toMatchObject({ version: 1 })
  expect(await onHome()).toEqual([])
})

test('the last day is the school’s: what ended yesterday in Auckland has not ended in London', async () => {
  await has.meets(biology, { weekday: 5, validTo: '2026-11-20' })
  await has.meets(choir, { weekday: 5, validTo: '2026-11-20' })
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  await expect(assign(ida)).rejects.toMatchObject(inChoir({ from: '2026-11-20', to: '2026-11-20' }))
  const auckland = { ...office, memberships: office.memberships.map((one) => inZone(one, 'Pacific/Auckland')) }
  const late = { now: new Date('2026-11-20T12:00:00Z') }
  expect(await as(auckland, late).classInstructors.create({ classId: biology, instructorId: ida })).toMatchObject({
    version: 1,
  })
})
const inZone = (one: Person['memberships'][number], timeZone: string) => ({
  ...one,
  school: { ...one.school, timeZone },
})

test('a day of the cycle may be any weekday, so it collides with both; another day of the cycle does not', async () => {
  const roomId = await has.room('Lab')
  await has.meets(choir, { cycleDay: 3, roomId })
  const slot = { startTime: '09:30', endTime: '10:30', roomId }
  const save = (when: { weekday: number } | { cycleDay: number }) =>
    api().meetings.update({ classId: biology, meetings: [{ ...slot, ...when }], seen: [] })
  await expect(save({ weekday: 4 })).rejects.toMatchObject(inChoir({ kind: 'room', cycleDay: 3 }))
  await expect(save({ cycleDay: 3 })).rejects.toMatchObject(inChoir({ kind: 'room', cycleDay: 3 }))
  await save({ cycleDay: 4 })
  await has.meets(biology, { weekday: 2, roomId })
  expect(await marksIn(choir)).toEqual([['room', 'Biology', 'Lab', null]])
  expect(await onHome()).toEqual(both)
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  await expect(assign(ida)).rejects.toMatchObject(inChoir({ kind: 'instructor', cycleDay: 3 }))
})

test('a meeting that names no room is in its class’s: a class that wants that room is told', async () => {
  const roomId = await has.room('Lab')
  await setRoom(choir, roomId)
  await has.meets(choir, {})
  const monday = { weekday: 1, startTime: '09:30', endTime: '10:30' }
  const save = (slot: object) =>
    api().meetings.update({ classId: biology, meetings: [{ ...monday, ...slot }], seen: [] })
  await expect(save({ roomId })).rejects.toMatchObject(inChoir({ kind: 'room', names: ['Lab'], roomName: 'Lab' }))
  await save({})
  expect(await api().meetings.week({ of: 'room', id: roomId, day: '2026-11-23' })).toMatchObject({
    meetings: [{ classTitle: 'Choir', roomName: 'Lab' }],
  })
})

test('nor does its own meeting without a room come into one that is taken', async () => {
  const roomId = await has.room('Lab')
  await has.meets(choir, { roomId })
  await setRoom(biology, roomId)
  const monday = { weekday: 1, startTime: '09:30', endTime: '10:30' }
  const asked = { classId: biology, meetings: [monday], from: '2026-11-23', to: null }
  expect((await api().meetings.conflicts(asked)).conflicts).toMatchObject([{ kind: 'room', classTitle: 'Choir' }])
  await expect(api().meetings.update({ ...asked, seen: [] })).rejects.toMatchObject(inChoir({ kind: 'room' }))
})

test('a class does not get a room that another has at the same time, unless a reason says so', async () => {
  const [lab, hall] = [await has.room('Lab'), await has.room('Hall')]
  await has.meets(choir, { roomId: lab })
  await has.meets(biology, {}, { weekday: 2, roomId: hall })
  await setRoom(biology, hall)
  await expect(setRoom(biology, lab)).rejects.toMatchObject(inChoir({ kind: 'room', names: ['Lab'] }))
  expect(await api().classes.get({ id: biology })).toMatchObject({ roomName: 'Hall' })
  await setRoom(biology, lab, { overrideReason: 'They share it' })
  expect(await marksIn(choir)).toEqual([['room', 'Biology', 'Lab', 'They share it']])
  expect((await api().meetings.list({ classId: biology })).meetings).toMatchObject([
    { weekday: 1, overrideReason: 'They share it', roomName: 'Lab' },
    { weekday: 2, overrideReason: null, roomName: 'Hall' },
  ])
  await setRoom(biology, null)
  expect(await marksIn(choir)).toEqual([])
})

test('many classes get one room together or not at all: each is told what it collides with, also among themselves', async () => {
  const roomId = await has.room('Lab')
  await bothMeet()
  const drama = await has.class('Drama')
  const items = [biology, choir, drama].map((id) => ({ id, version: 1 }))
  await expect(api().classes.updateMany({ items, set: { roomId } })).rejects.toMatchObject(
    refusal('many.refused', {
      refused: 2,
      outcomes: [
        { ok: false, reason: 'meeting.conflicts', details: { conflicts: [{ kind: 'room', classTitle: 'Choir' }] } },
        { ok: false, reason: 'meeting.conflicts', details: { conflicts: [{ kind: 'room', classTitle: 'Biology' }] } },
        { ok: true },
      ],
    }),
  )
  expect((await api().classes.get({ id: drama })).roomName).toBeNull()
  await api().classes.updateMany({ items, set: { roomId, overrideReason: 'One hall for all' } })
  expect(await marksIn(biology)).toEqual([['room', 'Choir', 'Lab', 'One hall for all']])
  expect(await onHome()).toEqual([])
})

test('new classes have no meetings, and a term’s days do not move them: neither can collide', async () => {
  const roomId = await has.room('Lab')
  await has.meets(choir, { roomId, validTo: '2026-12-18' })
  const made = await api().classes.create({ title: 'Art', roomId })
  await api().classes.createMany({ items: [{ title: 'Drama', roomId }] })
  const days = { title: 'Autumn', type: 'term' as const, startDate: '2026-09-01', endDate: '2026-12-18' }
  const term = await api().academicSessions.create(days)
  await has.meets(made.id, { validFrom: '2027-01-04' })
  await api().classes.update({ id: made.id, version: 1, academicSessionIds: [term.id] })
  await api().academicSessions.update({ ...seen(term), startDate: '2026-10-01', endDate: '2027-07-20' })
  expect(await onHome()).toEqual([])
})

test('restoring an assignment, an instructor or a class never refuses: the collision is marked', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm', { classId: choir })
  const added = await assign(ida, biology, { overrideReason: 'First try' })
  const archived = await api().classInstructors.archive(seen(added))
  const [meeting] = (await api().meetings.list({ classId: biology })).meetings
  await api().meetings.update({
    ...{ classId: biology, from: '2026-11-23', to: null, seen: meeting ? [seen(meeting)] : [] },
    meetings: [{ weekday: 1, startTime: '09:15', endTime: '10:00' }],
  })
  expect(await onHome()).toEqual([])
  await api().classInstructors.restore(seen(archived))
  expect(await onHome()).toEqual(both)
  const { version } = await api().instructors.archive({ id: ida, version: 1, standing: 'keep' })
  expect(await onHome()).toEqual([])
  await api().instructors.restore({ id: ida, version })
  expect(await onHome()).toEqual(both)
  const gone = await api().classes.archive({ id: choir, version: 1, standing: 'keep' })
  expect(await onHome()).toEqual([])
  await api().classes.restore({ id: choir, version: gone.version })
  expect(await onHome()).toEqual(both)
  expect(await marksIn(choir)).toEqual([['instructor', 'Biology', 'Ida Holm', null]])
})

test('many classes that are restored at once are marked too', async () => {
  const roomId = await has.room('Lab')
  await has.meets(biology, { roomId })
  const items = [{ id: choir, version: 1 }]
  await api().classes.archiveMany({ items, standing: 'keep' })
  await has.meets(choir, { roomId })
  await api().classes.restoreMany({ items: [{ id: choir, version: 2 }] })
  expect(await onHome()).toEqual(both)
})

test('an archived room that classes kept is theirs still, and so is its collision when it is restored', async () => {
  const roomId = await has.room('Lab')
  await has.meets(biology, { roomId })
  await has.meets(choir, { roomId })
  await api().rooms.archive({ id: roomId, version: 1, standing: 'keep' })
  expect(await onHome()).toEqual(both)
  await api().rooms.restore({ id: roomId, version: 2 })
  expect(await onHome()).toEqual(both)
})

test('a room that is taken from a meeting leaves it in its class’s, where it may collide: it is marked', async () => {
  const [lab, hall] = [await has.room('Lab'), await has.room('Hall')]
  await setRoom(biology, hall)
  await has.meets(biology, { roomId: lab, validFrom: '2026-11-23' })
  await has.meets(choir, { roomId: hall })
  await api().rooms.archive({ id: lab, version: 1, standing: 'end' })
  expect(await marksIn(biology)).toEqual([['room', 'Choir', 'Hall', null]])
  expect(await onHome()).toEqual(both)
})

test('an undo never refuses for a collision, and marks it', async () => {
  await has.meets(biology, {})
  await has.meets(choir, { startTime: '09:30', endTime: '10:30' })
  const ida = await has.instructor('Ida', 'Holm')
  const added = await assign(ida)
  const operationId = await doing((who) => who.classInstructors.archive(seen(added)), office)
  await assign(ida, choir)
  await undo(operationId, office)
  expect(await onHome()).toEqual(both)
  expect(await marksIn(biology)).toEqual([['instructor', 'Choir', 'Ida Holm', null]])
})

test('an undo brings back a class’s room although another has it by now', async () => {
  const roomId = await has.room('Lab')
  await bothMeet()
  await setRoom(biology, roomId)
  const { version } = await api().classes.get({ id: biology })
  const operationId = await doing((who) => who.classes.update({ id: biology, version, roomId: null }), office)
  await setRoom(choir, roomId)
  await undo(operationId, office)
  expect(await onHome()).toEqual(both)
})

test('a student who is enrolled in two classes at once is marked in her week', async () => {
  await bothMeet()
  const amy = await has.student('Amy', 'Stone', { classId: choir })
  await api().classes.enroll({ classId: biology, studentIds: [amy] })
  const { meetings } = await api().meetings.week({ of: 'student', id: amy, day: '2026-11-23' })
  expect(meetings.map(({ classTitle, collisions }) => [classTitle, collisions[0]?.classTitle])).toEqual([
    ['Biology', 'Choir'],
    ['Choir', 'Biology'],
  ])
  const lastWeek = await api().meetings.week({ of: 'student', id: amy, day: '2026-09-07' })
  expect(lastWeek.meetings.flatMap(({ collisions }) => collisions)).toEqual([])
  expect(await onHome()).toEqual([])
})

test('a week marks what collides on its days only', async () => {
  const roomId = await has.room('Lab')
  await has.meets(biology, { roomId })
  await has.meets(choir, { roomId, validFrom: '2026-12-07' })
  const marked = async (day: string) =>
    (await api().meetings.week({ of: 'room', id: roomId, day })).meetings.map(({ collisions }) => collisions.length)
  expect(await marked('2026-11-30')).toEqual([0])
  expect(await marked('2026-12-07')).toEqual([1, 1])
})

test('an instructor is told of collisions among her own classes only', async () => {
  const roomId = await has.room('Lab')
  for (const id of [biology, choir]) await has.meets(id, { roomId })
  const ida = await has.instructor('Ida', 'Holm', { classId: biology })
  const herself = await makePerson(school, 'instructor', ida)
  expect(await marksIn(biology)).toHaveLength(1)
  expect(await marksIn(biology, herself)).toEqual([])
  const week = await as(herself).meetings.week({ of: 'instructor', id: ida, day: '2026-11-23' })
  expect(week.meetings.map(({ collisions }) => collisions)).toEqual([[]])
})

test('archived classes, meetings and instructors, and another school, are in nobody’s way', async () => {
  const archivedAt = new Date('2026-11-01T09:00:00Z')
  const old = await has.class('Old')
  await has.meets(biology, {})
  await has.meets(choir, { archivedAt })
  await has.meets(old, {})
  const ida = await has.instructor('Ida', 'Holm', { classId: choir }, { classId: old })
  await api().classes.archive({ id: old, version: 1, standing: 'keep' })
  expect(await assign(ida)).toMatchObject({ version: 1 })
  const elsewhere = timetableOf(await makePerson(await makeSchool('Southfield'), 'registrar'))
  await elsewhere.meets(await elsewhere.class('Choir'), {})
  expect(await onHome()).toEqual([])
})

test('of two people at once one is refused: the check is made under the school’s lock', async () => {
  await bothMeet()
  const ida = await has.instructor('Ida', 'Holm')
  const roomId = await has.room('Lab')
  const added = await Promise.all([reasonOf(assign(ida)), reasonOf(assign(ida, choir))])
  expect(added.toSorted()).toEqual(['done', 'meeting.conflicts'])
  const moved = await Promise.all([reasonOf(setRoom(biology, roomId)), reasonOf(setRoom(choir, roomId))])
  expect(moved.toSorted()).toEqual(['done', 'meeting.conflicts'])
  expect(await onHome()).toEqual([])
})

test('the reason given last is the meeting’s; the journal keeps the one before', async () => {
  await bothMeet()
  const [ida, bo] = [
    await has.instructor('Ida', 'Holm', { classId: choir }),
    await has.instructor('Bo', 'Lind', { classId: choir }),
  ]
  await assign(ida, biology, { overrideReason: 'They rehearse' })
  await assign(bo, biology, { overrideReason: 'He helps' })
  expect((await api().meetings.list({ classId: biology })).meetings).toMatchObject([{ overrideReason: 'He helps' }])
  const { rows } = await api().journal.ofRecord({ entity: 'class', id: biology })
  expect(JSON.stringify(rows)).toContain('They rehearse')
})
