import { and, eq, isNull } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { meetings } from '../../../db/schema/index.ts'
import { refusal, seen } from '../../setup/answers.ts'
import type { Caller } from '../../setup/people.ts'
import { db } from '../../setup/people.ts'
import {
  api,
  doing,
  later,
  makeClass,
  makeInstructor,
  makeRoom,
  makeStudent,
  makeStudents,
  registrar,
  school,
  undo,
} from '../../setup/school.ts'
import { everything, sinceThen } from './undoing.ts'

type Slots = Parameters<Caller['meetings']['update']>[0]['meetings']
type More = Partial<Parameters<Caller['meetings']['update']>[0]>
const monday = { weekday: 1, startTime: '09:00', endTime: '10:00' }
const tuesday = { weekday: 2, startTime: '09:00', endTime: '10:00' }

let classId: string
beforeEach(async () => {
  classId = (await makeClass()).id
  await meet(classId, [monday], { from: '2026-09-01', to: null })
})

const meet = async (id: string, wanted: Slots, more: More = {}, request = {}) => {
  const { meetings: current } = await api().meetings.list({ classId: id })
  return doing(
    (who) => who.meetings.update({ classId: id, meetings: wanted, seen: current.map(seen), ...more }),
    registrar,
    request,
  )
}
const slots = async (id = classId) => {
  const rows = await db
    .select()
    .from(meetings)
    .where(and(eq(meetings.schoolId, school.id), eq(meetings.classId, id), isNull(meetings.archivedAt)))
    .orderBy(meetings.validFrom)
  return rows.map(({ weekday, validFrom, validTo }) => `${weekday} ${validFrom} ${validTo}`)
}

test('a timetable goes back as it was, and forth again', async () => {
  const before = await everything()
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: '2026-12-06' })
  const changed = await slots()
  expect(changed).toEqual(['1 2026-09-01 2026-11-22', '2 2026-11-23 2026-12-06', '1 2026-12-07 null'])
  const undone = await undo(operationId)
  expect(undone.about).toMatchObject({ deed: 'change', entity: 'meeting' })
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
  await undo(undone.operationId)
  expect(await slots()).toEqual(changed)
})

test('meetings that were entered a moment ago for a past day are taken back: nothing was held between', async () => {
  const { id } = await makeClass()
  const operationId = await meet(id, [monday], { from: '2026-09-01', to: null })
  await undo(operationId)
  expect(await slots(id)).toEqual([])
})

test('once the class has met as it was changed, what was held is not rewritten', async () => {
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: null })
  const tuesdayAtNine = 4 * 24
  await expect(undo(operationId, registrar, later(0, tuesdayAtNine + 1))).rejects.toMatchObject(
    refusal('meeting.already_held', { held: '2026-11-24' }),
  )
  await undo(operationId, registrar, later(0, tuesdayAtNine - 1))
  expect(await slots()).toEqual(['1 2026-09-01 null'])
})

const marks = async (id = classId) =>
  (await api().meetings.list({ classId: id })).meetings.flatMap(({ collisions }) =>
    collisions.map(({ kind, classTitle, reason }) => [kind, classTitle, reason]),
  )

test('a room that another class has got meanwhile is shared again: the collision is marked', async () => {
  const { id: roomId } = await makeRoom()
  await meet(classId, [{ ...monday, roomId }], { from: '2026-11-23', to: null })
  const operationId = await meet(classId, [{ ...tuesday, roomId }], { from: '2026-11-23', to: null })
  const { id: other } = await makeClass(null, { title: 'Drama' })
  await meet(other, [{ ...monday, startTime: '09:30', roomId }], { from: '2026-11-23', to: null })
  await undo(operationId)
  expect(await slots()).toEqual(['1 2026-09-01 2026-11-22', '1 2026-11-23 null'])
  expect(await marks()).toEqual([['room', 'Drama', null]])
})

test('an instructor who has come into another class at that time is in both, which is marked', async () => {
  const { id: other } = await makeClass(null, { title: 'Drama' })
  await meet(other, [monday], { from: '2026-11-23', to: null })
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: null })
  const { id: instructorId } = await makeInstructor()
  for (const of of [classId, other]) await api().classInstructors.create({ classId: of, instructorId })
  await undo(operationId)
  expect(await slots()).toEqual(['1 2026-09-01 null'])
  expect(await marks()).toEqual([['instructor', 'Drama', null]])
})

test('so is a student, in her week', async () => {
  const { id: other } = await makeClass(null, { title: 'Drama' })
  await meet(other, [monday], { from: '2026-11-23', to: null })
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: null })
  const { id } = await makeStudent()
  for (const of of [classId, other]) await api().classes.enroll({ classId: of, studentIds: [id] })
  await undo(operationId)
  const { meetings: held } = await api().meetings.week({ of: 'student', id, day: '2026-11-23' })
  expect(held.map(({ collisions }) => collisions.length)).toEqual([1, 1])
})

test('whoever was in two places before is so again: nothing is new about it', async () => {
  const { id: other } = await makeClass(null, { title: 'Drama' })
  const { id: studentId } = await makeStudent()
  for (const id of [classId, other]) await api().classes.enroll({ classId: id, studentIds: [studentId] })
  await meet(other, [monday], { from: '2026-11-23', to: null, overrideReason: 'She chooses' })
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: null })
  await undo(operationId)
  expect(await slots()).toEqual(['1 2026-09-01 null'])
})

test('what collided before, for a reason somebody gave, is put back with the reason', async () => {
  const { id: roomId } = await makeRoom()
  const { id: other } = await makeClass(null, { title: 'Drama' })
  await meet(other, [{ ...monday, roomId }], { from: '2026-11-23', to: null })
  const overrideReason = 'They share the hall'
  await meet(classId, [{ ...monday, roomId }], { from: '2026-11-23', to: null, overrideReason })
  const before = await everything()
  const operationId = await meet(classId, [tuesday], { from: '2026-11-23', to: null })
  await undo(operationId)
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
})

test('a class does not meet twice at once: the meeting that is there by now is named', async () => {
  const operationId = await meet(classId, [], { from: '2026-11-23', to: null })
  await meet(classId, [{ ...monday, startTime: '09:30' }], { from: '2026-11-30', to: null })
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', { records: [{ entity: 'meeting', by: registrar.name }] }),
  )
})

test('a room that was taken from classes and meetings is theirs again', async () => {
  const { id: roomId } = await makeRoom()
  const klass = await makeClass(null, { roomId })
  await meet(klass.id, [{ ...monday, roomId }], { from: '2026-09-01', to: null })
  const before = await everything()
  const operationId = await doing((who) => who.rooms.archive({ id: roomId, version: 1, standing: 'end' }))
  const undone = await undo(operationId)
  expect(undone.about).toMatchObject({ deed: 'archive', entity: 'room' })
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
})

test('a class that was ended comes back whole: students, instructor and meetings', async () => {
  await api().classInstructors.create({ classId, instructorId: (await makeInstructor()).id, isPrimary: true })
  await api().classes.enroll({ classId, studentIds: await makeStudents(2) })
  const before = await everything()
  const { version } = await api().classes.get({ id: classId })
  const operationId = await doing((who) => who.classes.archive({ id: classId, version, standing: 'end' }))
  expect(await slots()).toEqual(['1 2026-09-01 2026-11-20'])
  await undo(operationId, registrar, later(7))
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
})

test('also when its room has gone to another class: both are marked', async () => {
  const { id: roomId } = await makeRoom()
  await meet(classId, [{ ...monday, roomId }], { from: '2026-11-23', to: null })
  await api().classes.enroll({ classId, studentIds: await makeStudents(1) })
  const { version } = await api().classes.get({ id: classId })
  const operationId = await doing((who) => who.classes.archive({ id: classId, version, standing: 'end' }))
  const { id: other } = await makeClass(null, { title: 'Drama' })
  await meet(other, [{ ...monday, roomId }], { from: '2026-11-23', to: null })
  await undo(operationId)
  expect(await marks()).toEqual([['room', 'Drama', null]])
  expect(await marks(other)).toHaveLength(1)
})
