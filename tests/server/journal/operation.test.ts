import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalValues, operations } from '../../../db/schema/index.ts'
import { hashOfEntry } from '../../../server/journal/entry.ts'
import { newestNumber } from '../../../server/journal/newest.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { api, registrar, school } from '../../setup/school.ts'

const chain = () => db.select().from(journal).where(eq(journal.schoolId, school.id)).orderBy(asc(journal.number))

test('40 people writing at once leave one unbroken chain without a gap', async () => {
  const before = (await chain()).length
  const writes = Array.from({ length: 40 }, (_, n) =>
    api().students.create({ givenName: `G${n}`, familyName: 'Parallel' }),
  )
  await Promise.all(writes)
  const entries = await chain()
  expect(entries.map((entry) => entry.number)).toEqual(Array.from({ length: before + 40 }, (_, n) => n + 1))
  const known = new Map(
    (await db.select().from(operations).where(eq(operations.schoolId, school.id))).map((o) => [o.id, o]),
  )
  let previous = ''
  for (const entry of entries) {
    const operation = known.get(entry.operationId)
    expect(operation && hashOfEntry(previous, operation, entry)).toBe(entry.hash)
    previous = entry.hash
  }
})

test('one request sent five times at once happens once, and all five hear the same', async () => {
  const key = newId()
  const input = { givenName: 'Once', familyName: 'Only' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => as(registrar, { key }).students.create(input)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await api().students.count({ search: 'only once' })).toBe(1)
})

test('somebody else can not have the answer to my request by knowing its key', async () => {
  const key = newId()
  const input = { givenName: 'Mine', familyName: 'Alone' }
  await as(registrar, { key }).students.create(input)
  const colleague = await makePerson(school, 'registrar')
  await expect(as(colleague, { key }).students.create(input)).rejects.toMatchObject({
    cause: { reason: 'operation.key_reused' },
  })
})

test('a write without a key is refused', async () => {
  const write = as(registrar, { key: null }).students.create({ givenName: 'No', familyName: 'Key' })
  await expect(write).rejects.toMatchObject({ cause: { reason: 'operation.key_missing' } })
})

test('a refused write leaves no operation, no entry and no row', async () => {
  const key = newId()
  const before = (await chain()).length
  const refused = as(registrar, { key }).students.create({ givenName: 'X', familyName: 'Y', programId: newId() })
  await expect(refused).rejects.toMatchObject({ cause: { reason: 'program.not_found' } })
  expect((await chain()).length).toBe(before)
  expect(await db.select().from(operations).where(eq(operations.id, key))).toEqual([])
  await as(registrar, { key }).students.create({ givenName: 'X', familyName: 'Y' })
})

test('an entry tells the changed fields, before and after, and nothing it can compute', async () => {
  const { id, version } = await api().students.create({ givenName: 'Ana', familyName: 'Field' })
  await api().students.update({ id, version, givenName: 'Anna', gradeLevel: '07' })
  const last = (await chain()).at(-1)
  expect(last).toMatchObject({ entity: 'student', entityId: id, version: 2, fields: ['givenName', 'gradeLevel'] })
  const [values] = await db
    .select()
    .from(journalValues)
    .where(eq(journalValues.number, last?.number ?? 0))
  expect(JSON.parse(values?.content ?? '')).toEqual({
    before: { givenName: 'Ana', gradeLevel: null },
    after: { givenName: 'Anna', gradeLevel: '07' },
  })
})

/** Creates a room by a clock of its own, and answers when the journal says it was made. */
async function stampedBy(clock: () => Date): Promise<Date | undefined> {
  const key = newId()
  await as(registrar, { key, clock }).rooms.create({ name: `Room ${key}` })
  const [made] = await db
    .select({ at: operations.at })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, key)))
  return made?.at
}
const hour = 3_600_000

test('an operation is stamped when its turn has come, not when its request did', async () => {
  let time = now.getTime() + hour
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const isHeld = new Promise<void>((resolve) => {
    void db.transaction(school.id, async () => {
      resolve()
      await held
    })
  })
  await isHeld
  const stamped = stampedBy(() => new Date(time))
  const waiting = () => db.load().find(({ name }) => name === 'writes_waiting')?.value
  while (!waiting()) await breathe()
  time += 5000
  release()
  expect(await stamped).toEqual(new Date(time))
})

test('no operation is stamped before the one it follows, though the clocks of two machines differ a little', async () => {
  const at = new Date(now.getTime() + 2 * hour)
  expect(await stampedBy(() => at)).toEqual(at)
  expect(await stampedBy(() => new Date(at.getTime() - 30_000))).toEqual(at)
  expect(await stampedBy(() => new Date(at.getTime() + 1))).toEqual(new Date(at.getTime() + 1))
})

test('a clock that was set back is told by whoever verifies the journal, which is in order', async () => {
  const other = await makeSchool('Set back')
  const person = await makePerson(other, 'registrar')
  const by = (at: Date) => as(person, { clock: () => at }).rooms.create({ name: `Room ${at.getTime()}` })
  await by(new Date(now.getTime() + hour))
  expect(await verifyJournals(db, other.slug)).toEqual([
    { slug: other.slug, entries: expect.any(Number), head: expect.any(String), broken: null },
  ])
  const number = (await newestNumber(db, other.id)) + 1
  await by(now)
  const after = new Date(now.getTime() + hour).toISOString()
  expect(await verifyJournals(db, other.slug)).toMatchObject([
    { broken: null, setBack: { number, at: now.toISOString(), after } },
  ])
})
