import { and, desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalValues, memberships, operations } from '../../../db/schema/index.ts'
import type { OperationWay } from '../../../db/values.ts'
import { append, beginOperation } from '../../../server/journal/append.ts'
import type { Person } from '../../../server/trpc.ts'
import { refusal, seen } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { api, doing, makeRoom, makeStudent, registrar, school, undo } from '../../setup/school.ts'

const administrator = await makePerson(school, 'administrator')

/** As an import or the command line would change the room, on behalf of the registrar. */
async function changedBy(way: OperationWay): Promise<string> {
  const room = await makeRoom({ seats: 20 })
  const operation = {
    ...{ id: newId(), procedure: 'import', inputHash: '0'.repeat(64) },
    ...{ way, actorId: registrar.userId, at: now, deed: 'change' as const, about: 'room' as const },
  }
  await db.transaction(school.id, async (tx) => {
    const head = await beginOperation(tx, school.id, operation)
    const after = { ...room, schoolId: school.id, seats: 30, version: 2 }
    if (head) await append(tx, school.id, head, [{ entity: 'room', before: room, after }])
  })
  return operation.id
}

test('an import and the command line are taken back elsewhere, and that is said of each', async () => {
  await expect(undo(await changedBy('import'))).rejects.toMatchObject(refusal('undo.import'))
  await expect(undo(await changedBy('cli'))).rejects.toMatchObject(refusal('undo.elsewhere'))
})

test('an invitation, a role, a link and a session each say why there is no way back', async () => {
  const asAdministrator = (work: Parameters<typeof doing>[0]) => doing(work, administrator)
  const invited = await asAdministrator((who) =>
    who.members.invite({ name: 'New One', email: 'new@school.example', role: 'viewer' }),
  )
  const member = (await as(administrator).members.list()).find(({ name }) => name === 'New One')
  const id = member?.id ?? ''
  const version = async () => (await as(administrator).members.get({ id })).version
  const promoted = await asAdministrator(async (who) =>
    who.members.update({ id, version: await version(), role: 'registrar' }),
  )
  const linked = await asAdministrator(async (who) => who.members.resetPassword({ id, version: await version() }))
  const own = (await as(administrator).members.list()).find(({ isYou }) => isYou)
  const ended = await asAdministrator((who) => who.members.endSessions(seen(own ?? { id, version: 0 })))
  const removed = await asAdministrator(async (who) => who.members.remove({ id, version: await version() }))
  const reasons = [
    [invited, 'undo.invitation'],
    [promoted, 'undo.rights'],
    [linked, 'undo.sign_in'],
    [ended, 'undo.sign_in'],
    [removed, 'undo.rights'],
  ] as const
  for (const [operationId, reason] of reasons)
    await expect(undo(operationId, administrator)).rejects.toMatchObject(refusal(reason))
})

test('what somebody changed since is named, with who did it and when', async () => {
  const room = await makeRoom({ seats: 20 })
  const operationId = await doing((who) => who.rooms.update({ ...seen(room), seats: 30 }))
  await as(administrator).rooms.update({ id: room.id, version: 2, name: 'Studio' })
  const record = { entity: 'room', id: room.id, name: 'Studio', by: administrator.name, way: 'screen' }
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', { records: [{ ...record, at: now.toISOString() }] }),
  )
})

test('an instructor takes back what they did themselves, and nothing that the office did', async () => {
  const instructor = await makePerson(school, 'instructor')
  const room = await makeRoom({ seats: 20 })
  const byOffice = await doing((who) => who.rooms.update({ ...seen(room), seats: 30 }))
  await expect(undo(byOffice, instructor)).rejects.toMatchObject(refusal('permission.missing'))
  const own = await doing(
    (who) =>
      who.savedViews.create({ place: 'students', name: 'My seventh grade', search: '?grade=07', isShared: false }),
    instructor,
  )
  await undo(own, instructor)
  expect(await as(instructor).savedViews.list({ place: 'students' })).toEqual([])
})

test('who may no longer write a kind of record no longer takes back a change of it', async () => {
  const clerk = await makePerson(school, 'registrar')
  const room = await makeRoom({ seats: 20 })
  const operationId = await doing((who) => who.rooms.update({ ...seen(room), seats: 30 }), clerk)
  const demoted = { ...clerk, memberships: [{ school, role: 'viewer' as const, instructorId: null }] }
  const own = eq(memberships.userId, clerk.userId)
  await db.transaction(school.id, async (tx) => void (await tx.update(memberships).set({ role: 'viewer' }).where(own)))
  await expect(undo(operationId, demoted)).rejects.toMatchObject(refusal('permission.missing'))
})

test('who repeats an undo after losing the right hears nothing of the record', async () => {
  const clerk = await makePerson(school, 'registrar')
  const room = await makeRoom({ seats: 20 })
  const operationId = await doing((who) => who.rooms.update({ ...seen(room), seats: 30 }), clerk)
  const key = newId()
  const again = (person: Person) => as(person, { key }).journal.undo({ operationId })
  expect(await again(clerk)).toEqual(await again(clerk))
  const own = eq(memberships.userId, clerk.userId)
  await db.transaction(school.id, async (tx) => void (await tx.update(memberships).set({ role: 'viewer' }).where(own)))
  const demoted = { ...clerk, memberships: [{ school, role: 'viewer' as const, instructorId: null }] }
  await expect(again(demoted)).rejects.toMatchObject(refusal('permission.missing'))
})

test('what was erased cannot be brought back, and an operation of another school is not there', async () => {
  const room = await makeRoom({ seats: 20 })
  const operationId = await doing((who) => who.rooms.update({ ...seen(room), seats: 30 }))
  const [entry] = await db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operationId)))
  await db.transaction(school.id, (tx) =>
    tx
      .delete(journalValues)
      .where(and(eq(journalValues.schoolId, school.id), eq(journalValues.number, entry?.number ?? 0))),
  )
  await expect(undo(operationId)).rejects.toMatchObject(refusal('undo.erased'))
  const elsewhere = await makePerson(await makeSchool('Southgate'), 'administrator')
  await expect(undo(operationId, elsewhere)).rejects.toMatchObject(refusal('operation.not_found'))
})

test('what changed nothing leaves nothing to take back', async () => {
  const room = await makeRoom({ seats: 20 })
  const operationId = await doing((who) => who.rooms.update({ ...seen(room), seats: 20 }))
  const [latest] = await db
    .select({ id: operations.id })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.procedure, 'rooms.update')))
    .orderBy(desc(operations.id))
    .limit(1)
  expect(latest?.id).toBe(operationId)
  await expect(undo(operationId)).rejects.toMatchObject(refusal('operation.not_found'))
})

test('one goes further back step by step, and forth again; also past what somebody did and took back', async () => {
  const room = await makeRoom({ seats: 20 })
  const renamed = await doing((who) => who.rooms.update({ ...seen(room), name: 'Hall' }))
  const archived = await doing((who) => who.rooms.archive({ id: room.id, version: 2 }))
  const other = await undo(archived)
  const first = await undo(renamed)
  expect(await api().rooms.get({ id: room.id })).toMatchObject({ name: room.name, version: 5 })
  await undo(first.operationId)
  await undo(other.operationId)
  const current = await api().rooms.get({ id: room.id })
  expect(current).toMatchObject({ name: 'Hall', archivedAt: expect.any(String) })
  await as(administrator).rooms.restore(seen(current))
  await expect(undo(archived)).rejects.toMatchObject(refusal('undo.changed'))
})

test('of two records of one student, one is not merged into the other again once that went into it', async () => {
  const current = async ({ id }: { id: string }) => seen(await api().students.get({ id }))
  const merge = async (gone: { id: string }, kept: { id: string }) => {
    const { id: intoId, version: intoVersion } = await current(kept)
    return api().students.merge({ ...(await current(gone)), intoId, intoVersion, take: [] })
  }
  const [one, other] = [await makeStudent(), await makeStudent()]
  const first = await merge(one, other)
  const parted = await undo(first.operationId)
  await merge(other, one)
  await expect(undo(parted.operationId)).rejects.toMatchObject(refusal('undo.changed'))
  const [third, fourth] = [await makeStudent(), await makeStudent()]
  await merge(third, fourth)
  const version = await current(third)
  const restored = await doing((who) => who.students.restore(version))
  await merge(fourth, third)
  await expect(undo(restored)).rejects.toMatchObject(refusal('undo.changed'))
  expect(await api().students.get({ id: third.id })).toMatchObject({ archivedAt: null, mergedIntoId: null })
})
