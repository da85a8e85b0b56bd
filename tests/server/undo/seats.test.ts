import { expect, test } from 'vitest'
import { refusal, seen } from '../../setup/answers.ts'
import {
  api,
  doing,
  enroll,
  makeClass,
  makeInstructor,
  makeRoom,
  makeStudent,
  makeStudents,
  registrar,
  rowOf,
  undo,
  withdraw,
} from '../../setup/school.ts'
import { enrollmentRow, everything, sinceThen } from './undoing.ts'

const leave = (classId: string, studentId: string) => doing((who) => withdraw(classId, studentId, {}, who))
const assignment = async (classId: string, instructorId: string) => {
  const found = (await api().classes.get({ id: classId })).assignments.find((one) => one.instructorId === instructorId)
  if (!found) throw new Error('nobody assigned')
  return found
}

test('a withdrawal is taken back, unless the seat has gone to somebody else', async () => {
  const { id } = await makeClass(1)
  const [sam = '', toni = ''] = await makeStudents(2)
  await enroll(id, [sam])
  const operationId = await leave(id, sam)
  await enroll(id, [toni])
  await expect(undo(operationId)).rejects.toMatchObject(refusal('class.full'))
  await leave(id, toni)
  expect(await undo(operationId)).toMatchObject({ about: { deed: 'withdraw', entity: 'enrollment', count: 1 } })
  expect(await rowOf(id, sam)).toMatchObject({ status: 'enrolled', endDate: null })
})

test('the seat that was given to the first in line goes back with the withdrawal', async () => {
  const { id } = await makeClass(1)
  const [sam = '', toni = ''] = await makeStudents(2)
  await enroll(id, [sam])
  await enroll(id, [toni], { waitlist: true })
  const before = await everything()
  const undone = await undo(await leave(id, sam))
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
  await undo(undone.operationId)
  expect(await rowOf(id, toni)).toMatchObject({ status: 'enrolled' })
})

test('a student who is in the class again on those days is not put there twice', async () => {
  const { id } = await makeClass()
  const { id: sam } = await makeStudent()
  await enroll(id, [sam], { beginDate: '2026-09-01' })
  const row = seen(await rowOf(id, sam))
  const operationId = await doing((who) => who.enrollments.complete({ ...row, endDate: '2026-10-31' }))
  await enroll(id, [sam], { beginDate: '2026-11-10' })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('enrollment.overlaps'))
  expect(await enrollmentRow(row.id)).toMatchObject({ status: 'completed', endDate: '2026-10-31' })
})

test('the day that a place took from one given up before goes back to it, as often as one changes one’s mind', async () => {
  const { id } = await makeClass()
  const { id: sam } = await makeStudent()
  await enroll(id, [sam], { beginDate: '2026-12-01' })
  await leave(id, sam)
  const before = await everything()
  const operationId = await doing((who) =>
    who.classes.enroll({ classId: id, studentIds: [sam], beginDate: '2026-12-01' }),
  )
  const done = await everything()
  const undone = await undo(operationId)
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
  await undo(undone.operationId)
  expect(await everything()).toEqual(done)
})

test('more seats are taken back as long as they are free', async () => {
  const klass = await makeClass(1)
  const operationId = await doing((who) => who.classes.update({ ...seen(klass), capacity: 2, title: 'Art for two' }))
  const [sam = '', toni = ''] = await makeStudents(2)
  await enroll(klass.id, [sam])
  await enroll(klass.id, [toni])
  await expect(undo(operationId)).rejects.toMatchObject(refusal('class.capacity_below'))
  await leave(klass.id, toni)
  await undo(operationId)
  expect(await api().classes.get({ id: klass.id })).toMatchObject({ capacity: 1, title: klass.title })
})

test('a class does not go back to a room or a course that was archived since', async () => {
  const room = await makeRoom()
  const klass = await makeClass(null, { roomId: room.id })
  const operationId = await doing((who) => who.classes.update({ ...seen(klass), roomId: null }))
  const archived = await api().rooms.archive(seen(room))
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', { records: [{ entity: 'room', id: room.id, name: room.name, by: registrar.name }] }),
  )
  await api().rooms.restore(seen(archived))
  await undo(operationId)
  expect(await api().classes.get({ id: klass.id })).toMatchObject({ roomId: room.id })
})

test('but to one that was archived all the while', async () => {
  const { id: roomId } = await makeRoom()
  const klass = await makeClass(null, { roomId })
  await api().rooms.archive({ id: roomId, version: 1, standing: 'keep' })
  const operationId = await doing((who) => who.classes.update({ ...seen(klass), roomId: null }))
  await undo(operationId)
  expect(await api().classes.get({ id: klass.id })).toMatchObject({ roomId })
})

test('who was primary is so again when the new one is taken back, and the other way round', async () => {
  const { id } = await makeClass()
  const [ann, bob] = [(await makeInstructor()).id, (await makeInstructor()).id]
  await api().classInstructors.create({ classId: id, instructorId: ann, isPrimary: true })
  const before = await everything()
  const operationId = await doing((who) =>
    who.classInstructors.create({ classId: id, instructorId: bob, isPrimary: true }),
  )
  const done = await everything()
  const undone = await undo(operationId)
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
  await undo(undone.operationId)
  expect(await everything()).toEqual(done)
})

test('an assignment comes back as the primary one only while the class has no other', async () => {
  const { id } = await makeClass()
  const [ann, bob] = [(await makeInstructor()).id, (await makeInstructor()).id]
  const first = await api().classInstructors.create({ classId: id, instructorId: ann, isPrimary: true })
  const operationId = await doing((who) => who.classInstructors.archive(seen(first)))
  await api().classInstructors.create({ classId: id, instructorId: bob, isPrimary: true })
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', { records: [{ entity: 'classInstructor', by: registrar.name }] }),
  )
  expect(await assignment(id, bob)).toMatchObject({ isPrimary: true })
})

test('an instructor who teaches the class again on those days is not assigned twice', async () => {
  const { id } = await makeClass()
  const { id: ann } = await makeInstructor()
  const first = await api().classInstructors.create({ classId: id, instructorId: ann, beginDate: '2026-09-01' })
  const operationId = await doing((who) => who.classInstructors.update({ ...seen(first), endDate: '2026-10-31' }))
  await api().classInstructors.create({ classId: id, instructorId: ann, beginDate: '2026-11-10' })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('classInstructor.overlaps'))
})

test('a student who was archived and withdrawn is back in every class, or in none', async () => {
  const [art, choir] = [await makeClass(1), await makeClass(1)]
  const { id: sam } = await makeStudent()
  await enroll(art.id, [sam])
  await enroll(choir.id, [sam])
  const before = await everything()
  const operationId = await doing((who) => who.students.archive({ id: sam, version: 1, standing: 'end' }))
  const { id: toni } = await makeStudent()
  await enroll(choir.id, [toni])
  const taken = await everything()
  await expect(undo(operationId)).rejects.toMatchObject(refusal('class.full', { taken: 2, capacity: 1 }))
  expect(await everything()).toEqual(taken)
  await leave(choir.id, toni)
  await undo(operationId)
  const { known } = sinceThen(before, await everything())
  expect(known).toEqual(before)
})

test('guardians are called one after the other also when one comes back to where another is now', async () => {
  const { id: sam } = await makeStudent()
  const link = (givenName: string) =>
    api().studentGuardians.create({ studentId: sam, relation: 'parent', guardian: { givenName, familyName: 'Q' } })
  await link('Ada')
  const [ada, bea] = await link('Bea')
  const operationId = await doing((who) => who.studentGuardians.archive(seen(ada ?? { id: '', version: 0 })))
  await link('Cleo')
  await undo(operationId)
  const links = await api().studentGuardians.list({ studentId: sam })
  expect(links.map(({ priority }) => priority)).toEqual([1, 2, 3])
  expect(links.slice(0, 2).map(({ id }) => id)).toEqual([ada?.id, bea?.id])
})

test('an address that has been replaced since is not put beside the new one', async () => {
  const address = (street: string) => ({
    kind: 'local' as const,
    street,
    city: null,
    region: null,
    postalCode: null,
    country: null,
  })
  const sam = await api().students.create({ givenName: 'Sam', familyName: 'Lee', addresses: [address('Old Road')] })
  const operationId = await doing((who) => who.students.update({ ...seen(sam), addresses: [address('')] }))
  const { version } = await api().students.get({ id: sam.id })
  await api().students.update({ id: sam.id, version, addresses: [address('New Road')] })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('undo.changed'))
})
