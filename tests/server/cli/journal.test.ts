import '../../setup/as-owner.ts'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalValues, operations } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { hashOfValues } from '../../../server/journal/entry.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

let other: School
beforeAll(async () => {
  other = await makeSchool('Untouched')
})
afterAll(() => db.close())

let school: School
let registrar: Person
let studentId: string
beforeEach(async () => {
  school = await makeSchool('Northgate')
  registrar = await makePerson(school, 'registrar')
  for (const givenName of ['Ada', 'Ben', 'Cleo']) {
    const { id, version } = await as(registrar).students.create({ givenName, familyName: 'Abara' })
    await as(registrar).students.update({ id, version, gradeLevel: '09' })
    studentId = id
  }
})

type Tx = Parameters<Parameters<typeof db.transaction>[1]>[0]
const tamper = (work: (tx: Tx) => Promise<unknown>) => db.transaction(school.id, async (tx) => void (await work(tx)))
const entry = (number: number) => and(eq(journal.schoolId, school.id), eq(journal.number, number))
const valuesOf = (number: number) => and(eq(journalValues.schoolId, school.id), eq(journalValues.number, number))
const report = async () => (await verifyJournals(db, school.slug))[0]
const row = async (number: number) => {
  const [found] = await db.select().from(journal).where(entry(number))
  if (!found) throw new Error(`no entry ${number}`)
  return found
}

test('a journal as it was written is intact, and its head can be kept elsewhere', async () => {
  const last = await row(8)
  expect(await report()).toEqual({ slug: school.slug, entries: 8, head: `8:${last.hash}`, broken: null })
})

test('a journal longer than one read is intact, and a break far back is found', async () => {
  const { writeInSchool } = await import('../../setup/people.ts')
  await writeInSchool(school.id, async () =>
    Array.from({ length: 2500 }, (_, n) => ({
      entity: 'student' as const,
      after: { id: newId(), version: 1, givenName: `Student ${n}` },
    })),
  )
  expect(await report()).toMatchObject({ entries: 2508, broken: null })
  await tamper((tx) => tx.update(journal).set({ version: 7 }).where(entry(2200)))
  expect(await report()).toMatchObject({ entries: 2199, broken: { number: 2200 } })
})

test.each<[string, (tx: Tx) => Promise<unknown>, object]>([
  [
    'a field of an entry',
    (tx) =>
      tx
        .update(journal)
        .set({ fields: ['familyName'] })
        .where(entry(5)),
    { number: 5, what: expect.stringContaining('its hash differs') },
  ],
  [
    'the record an entry is about',
    (tx) => tx.update(journal).set({ entityId: newId() }).where(entry(4)),
    { number: 4, entity: 'student' },
  ],
  [
    'the version an entry left',
    (tx) => tx.update(journal).set({ version: 9 }).where(entry(6)),
    { number: 6, entity: 'student' },
  ],
  [
    'an entry’s own hash',
    (tx) =>
      tx
        .update(journal)
        .set({ hash: 'f'.repeat(64) })
        .where(entry(3)),
    { number: 3 },
  ],
  [
    'the content of values',
    (tx) => tx.update(journalValues).set({ content: '{"after":{"gradeLevel":"12"}}' }).where(valuesOf(4)),
    { number: 4, what: 'its values are not what was written' },
  ],
  [
    'the salt of values',
    (tx) =>
      tx
        .update(journalValues)
        .set({ salt: '0'.repeat(32) })
        .where(valuesOf(4)),
    { number: 4, what: 'its values are not what was written' },
  ],
])('a change of %s is found', async (_what, change, broken) => {
  await tamper(change)
  expect((await report())?.broken).toMatchObject(broken)
})

test('a change of who did it, when or how is found', async () => {
  const { operationId } = await row(7)
  const own = and(eq(operations.schoolId, school.id), eq(operations.id, operationId))
  const [kept] = await db.select().from(operations).where(own)
  if (!kept) throw new Error('no operation')
  for (const change of [
    { actorId: null },
    { at: new Date(0) },
    { way: 'import' as const },
    { procedure: 'students.archive' },
    { inputHash: 'a'.repeat(64) },
  ]) {
    await tamper((tx) => tx.update(operations).set(change).where(own))
    expect((await report())?.broken, JSON.stringify(change)).toMatchObject({ number: 7, entityId: studentId })
    await tamper((tx) => tx.update(operations).set(kept).where(own))
  }
  expect((await report())?.broken).toBe(null)
})

test('an entry that was removed is found', async () => {
  await tamper(async (tx) => {
    await tx.delete(journalValues).where(valuesOf(5))
    await tx.delete(journal).where(entry(5))
  })
  expect(await report()).toMatchObject({ entries: 4, broken: { number: 5, entity: null, what: 'entry 5 is missing' } })
})

test('an entry put before the first one is found', async () => {
  const { operationId, ...last } = await row(8)
  for (const number of [0, -3]) {
    await tamper((tx) => tx.insert(journal).values({ ...last, operationId, number }))
    expect(await report()).toMatchObject({ entries: 0, broken: { number, what: 'it stands before the first entry' } })
    await tamper((tx) => tx.delete(journal).where(entry(number)))
  }
  expect(await report()).toMatchObject({ entries: 8, broken: null })
})

test('two entries that changed places are found', async () => {
  const move = (tx: Tx, from: number, to: number) => tx.update(journal).set({ number: to }).where(entry(from))
  await tamper(async (tx) => {
    const kept = await tx.select().from(journalValues).where(eq(journalValues.schoolId, school.id))
    await tx.delete(journalValues).where(eq(journalValues.schoolId, school.id))
    await move(tx, 5, 1005)
    await move(tx, 6, 5)
    await move(tx, 1005, 6)
    await tx.insert(journalValues).values(kept)
  })
  expect((await report())?.broken).toMatchObject({ number: 5 })
})

test('values that were exchanged for others, hash and all, are found by the chain', async () => {
  const content = '{"after":{"gradeLevel":"12"}}'
  const salt = '0'.repeat(32)
  await tamper(async (tx) => {
    await tx.update(journalValues).set({ content, salt }).where(valuesOf(4))
    await tx
      .update(journal)
      .set({ valuesHash: hashOfValues(salt, content) })
      .where(entry(4))
  })
  expect((await report())?.broken).toMatchObject({ number: 4 })
})

test('values that are missing without an erasure are found', async () => {
  await tamper((tx) => tx.delete(journalValues).where(valuesOf(4)))
  const what = 'its values are missing, and no erasure tells of them'
  expect((await report())?.broken).toMatchObject({ number: 4, what })
})

test('an entry copied from another school is found', async () => {
  const [foreign] = await db
    .select()
    .from(journal)
    .where(and(eq(journal.schoolId, other.id), eq(journal.number, 1)))
  if (!foreign) throw new Error('no entry')
  const { operationId } = await row(8)
  await tamper((tx) => tx.insert(journal).values({ ...foreign, schoolId: school.id, number: 9, operationId }))
  expect((await report())?.broken).toMatchObject({ number: 9 })
})

test('the command prints the heads of all schools, and fails for the one that is broken', async () => {
  await tamper((tx) =>
    tx
      .update(journal)
      .set({ version: sql`${journal.version} + 1` })
      .where(entry(4)),
  )
  const all = await homeroom(['journal', 'verify'])
  expect(all.code).toBe(1)
  expect(all.said).toMatch(/^untouched: intact, 1 entry, head 1:[0-9a-f]{64}$/m)
  expect(all.said).toMatch(new RegExp(`^${school.slug}: broken at entry 4 \\(student\\): `, 'm'))
  const one = await homeroom(['journal', 'verify', '--school', 'untouched', '--json'])
  expect([one.code, JSON.parse(one.said)]).toMatchObject([0, [{ slug: 'untouched', entries: 1, broken: null }]])
  expect(await homeroom(['journal', 'verify', '--school', 'nowhere'])).toMatchObject({ code: 1 })
  expect(await homeroom(['journal'])).toMatchObject({ code: 2 })
})

test('the command takes heads that were kept elsewhere, and tells when the journal has another one', async () => {
  const verify = (...more: string[]) => homeroom(['journal', 'verify', '--school', school.slug, ...more])
  const { hash } = await row(6)
  expect(await verify('--expect', `6:${hash}`)).toMatchObject({ code: 0 })
  const other = await verify('--expect', `6:${hash}`, '--expect', `5:${hash}`)
  expect(other.code).toBe(1)
  expect(other.said).toContain('broken at entry 5 (student): its hash is not the one that was kept elsewhere')
  const later = await verify('--expect', `11:${hash}`)
  expect(later.said).toContain('broken at entry 9: the journal ends at entry 8, but the hash of entry 11 was kept')
  expect(await verify('--expect', 'latest')).toMatchObject({ code: 2 })
  expect(await homeroom(['journal', 'verify', '--expect', `6:${hash}`])).toMatchObject({ code: 2 })
})
