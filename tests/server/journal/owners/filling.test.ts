/** A journal as the release before writes it, which says of no entry whose history it belongs to. */
import '../../../setup/as-owner.ts'
import { and, asc, eq, gt } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { journal, journalOwners, operations } from '../../../../db/schema/index.ts'
import { Bulk } from '../../../../server/journal/bulk.ts'
import { newestNumber } from '../../../../server/journal/newest.ts'
import { verifyJournals } from '../../../../server/journal/verify.ts'
import { fillJournal } from '../../../../server/kinds.ts'
import { formerDid } from '../../../../server/records/former-deeds.ts'
import { addRows } from '../../../../server/records/write.ts'
import { roomKind } from '../../../../server/rooms/kind.ts'
import { as, contextOf, db, makePerson } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'
import { api, registrar, school } from '../../../setup/school.ts'

let ids: Awaited<ReturnType<typeof makeRecords>>
let made = 0
beforeEach(async () => {
  ids = await makeRecords(school, `Filled${++made}`)
})

const owners = () =>
  db
    .select()
    .from(journalOwners)
    .where(eq(journalOwners.schoolId, school.id))
    .orderBy(asc(journalOwners.number), asc(journalOwners.entity), asc(journalOwners.id))
/** As if the release before had written what comes after this entry. */
const forget = (after = 0) =>
  db.transaction(school.id, (tx) =>
    tx.delete(journalOwners).where(and(eq(journalOwners.schoolId, school.id), gt(journalOwners.number, after))),
  )
const historyOf = (entity: 'student' | 'class' | 'guardian', id: string) => api().journal.ofRecord({ entity, id })

/** Two records of one student, merged, parted and merged again, with what goes over from one to the other and back. */
async function mergeAndPart() {
  const kept = await api().students.create({ givenName: 'Twin', familyName: `Kept${made}` })
  const operationId = newId()
  const gone = await api().students.get({ id: ids.studentId })
  await api({ key: operationId }).students.merge({
    id: gone.id,
    version: gone.version,
    intoId: kept.id,
    intoVersion: kept.version,
    take: [],
  })
  await api().journal.undo({ operationId })
  const [one, other] = [await api().students.get({ id: gone.id }), await api().students.get({ id: kept.id })]
  await api().students.merge({
    id: one.id,
    version: one.version,
    intoId: other.id,
    intoVersion: other.version,
    take: [],
  })
  return kept.id
}

test('filled up, it says of each entry what this release says when it writes it', async () => {
  await api().enrollments.update({ id: ids.enrollmentId, version: 1, note: 'before the merge' })
  const keptId = await mergeAndPart()
  await api().studentAlerts.update({ id: ids.studentAlertId, version: 4, text: 'after the merge' })
  const written = await owners()
  const told = await historyOf('student', keptId)
  expect(told.rows.flatMap(({ entries }) => entries.map(({ entity }) => entity))).toEqual(
    expect.arrayContaining(['student', 'enrollment', 'studentAlert', 'studentGuardian']),
  )
  await forget()
  expect(await fillJournal(db, school.id)).toBe(await newestNumber(db, school.id))
  expect(await owners()).toEqual(written)
  expect(await fillJournal(db, school.id)).toBe(0)
})

test('whoever reads a history first fills it up', async () => {
  await mergeAndPart()
  const histories = async () => [await historyOf('student', ids.studentId), await historyOf('class', ids.classId)]
  const before = await histories()
  await forget()
  expect(await histories()).toEqual(before)
  expect(await verifyJournals(db, school.slug)).toMatchObject([{ broken: null }])
})

test('what the release before writes beside this one is filled up by the next write', async () => {
  const number = await newestNumber(db, school.id)
  await mergeAndPart()
  const written = await owners()
  await forget(number)
  await api().rooms.create({ name: `Room ${made}` })
  expect((await owners()).slice(0, written.length)).toEqual(written)
})

test('it is filled up from the newest entry down, and goes on where it was stopped', async () => {
  const ctx = contextOf(registrar)
  await db.transaction(school.id, async (tx) => {
    const bulk = await Bulk.begin(tx, school.id, {
      ...ctx.operation,
      ...{ actorId: null, at: ctx.now, way: 'import', deed: 'import', about: null },
    })
    const rooms = Array.from({ length: 1200 }, (_, index) => ({ name: `Hall ${made} ${index}` }))
    await bulk.write(rooms, (batch) => addRows(tx, roomKind, school.id, batch))
  })
  const written = await owners()
  const last = await newestNumber(db, school.id)
  await forget()
  let looks = 0
  expect(await fillJournal(db, school.id, () => ++looks > 2)).toBe(1000)
  expect((await owners())[0]?.number).toBe(last - 999)
  await api().rooms.create({ name: `Annex ${made}` })
  expect(await fillJournal(db, school.id)).toBe(last - 1000)
  expect((await owners()).slice(0, written.length)).toEqual(written)
})

test('every entry has an owner, also one that nothing else tells of', async () => {
  await fillJournal(db, school.id)
  const entries = await db.select({ number: journal.number }).from(journal).where(eq(journal.schoolId, school.id))
  const owned = new Set((await owners()).map(({ number }) => number))
  expect(entries.filter(({ number }) => !owned.has(number))).toEqual([])
})

/** As the release before writes its operations: without a number, and without saying what they did. */
const forgetAll = () =>
  db.transaction(school.id, async (tx) => {
    await tx.delete(journalOwners).where(eq(journalOwners.schoolId, school.id))
    await tx
      .update(operations)
      .set({ number: null, deed: null, about: null, isOfOne: null })
      .where(eq(operations.schoolId, school.id))
  })
const operationsOf = () =>
  db
    .select()
    .from(operations)
    .where(eq(operations.schoolId, school.id))
    .orderBy(asc(operations.number), asc(operations.id))
const list = async () => (await api().journal.list({})).rows

test('an instructor is told what the release before changed in a roster', async () => {
  const instructor = await makePerson(school, 'instructor', ids.instructorId)
  const told = async () => (await as(instructor).home.get()).rosterChanges
  const before = await told()
  expect(before).toMatchObject([{ studentId: ids.studentId, classId: ids.classId }])
  await forgetAll()
  expect(await told()).toEqual(before)
})

test('what the release before did is read, verified, told and taken back as what this one does', async () => {
  await mergeAndPart()
  await as(await makePerson(school, 'administrator')).members.invite({
    email: `new${made}@school.example`,
    name: 'New',
    role: 'viewer',
  })
  const { id } = await api().rooms.create({ name: `Old ${made}` })
  const operationId = newId()
  await api({ key: operationId }).rooms.archive({ id, version: 1, standing: 'keep' })
  const told = await list()
  const said = await operationsOf()
  await forgetAll()
  expect(await verifyJournals(db, school.slug)).toMatchObject([{ broken: null }])
  expect(await api().journal.undo({ operationId })).toMatchObject({ about: { deed: 'archive', entity: 'room' } })
  await forgetAll()
  const [undone, ...before] = await list()
  expect(undone).toMatchObject({ deed: 'undo' })
  // Taken back, it can't be taken back again.
  expect(before.slice(1)).toEqual(told.slice(1, before.length))
  expect((await operationsOf()).filter(({ id: one }) => one !== undone?.id)).toEqual(said)
})

test('every procedure’s deed is what the release before reads in its name', async () => {
  const made = (await operationsOf()).filter(({ way, deed }) => way === 'screen' && deed)
  expect(made.length).toBeGreaterThan(10)
  for (const { procedure, way, deed, about, isOfOne } of made) {
    const former = formerDid({ procedure, way }, about ? [about] : [])
    expect({ procedure, isOfOne: false, ...former }).toEqual({ procedure, deed, about, isOfOne: isOfOne ?? false })
  }
})
