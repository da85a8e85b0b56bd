/** The chain of what stands above all schools. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import '../../setup/as-owner.ts'
import { eq } from 'drizzle-orm'
import { register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { registerJournal } from '../../../db/schema/index.ts'
import { mutateRegister, verifyRegister } from '../../../server/journal/register.ts'
import { db, now } from '../../setup/people.ts'

beforeEach(() => db.transaction(register, (tx) => tx.delete(registerJournal)))
afterAll(() => db.close())

const operation = (id = newId(), inputHash = '0'.repeat(64)) => ({
  ...{ id, procedure: 'moves.start', inputHash, way: 'screen' as const, actorId: null as string | null, at: now },
})
const started = (id: string) => ({ entity: 'move' as const, after: { id, version: 1, verb: 'move' } })
const move = newId()
const begin = (own = operation(), change = started(move)) => mutateRegister(db, own, async () => change)
const end = (own = operation()) =>
  mutateRegister(db, own, async () => ({
    entity: 'move',
    before: { id: move, version: 1, outcome: null },
    after: { id: move, version: 2, outcome: 'done' },
  }))
const rows = () => db.select().from(registerJournal).orderBy(registerJournal.number)
const report = () => verifyRegister(db)
const spoil = (number: number, set: Partial<typeof registerJournal.$inferInsert>) =>
  db.transaction(register, (tx) => tx.update(registerJournal).set(set).where(eq(registerJournal.number, number)))

test('entries are numbered, chained, and tell what changed', async () => {
  expect(await report()).toEqual({ entries: 0, head: '', broken: null })
  await begin()
  await end()
  expect(await rows()).toMatchObject([
    { number: 1, entity: 'move', entityId: move, version: 1, fields: ['verb'], content: '{"after":{"verb":"move"}}' },
    { number: 2, version: 2, fields: ['outcome'], content: '{"after":{"outcome":"done"},"before":{"outcome":null}}' },
  ])
  const { entries, head, broken } = await report()
  expect({ entries, broken }).toEqual({ entries: 2, broken: null })
  expect(head).toMatch(/^2:[0-9a-f]{64}$/)
})

test('the same request again writes nothing, another one under its key is refused', async () => {
  const own = operation()
  await begin(own)
  await begin(own)
  expect(await rows()).toHaveLength(1)
  await expect(begin(operation(own.id, '1'.repeat(64)))).rejects.toThrow('operation.key_reused')
  await expect(begin({ ...own, actorId: newId() })).rejects.toThrow('operation.key_reused')
})

test('of what fails nothing is kept', async () => {
  const failing = mutateRegister(db, operation(), async () => {
    throw new Error('not now')
  })
  await expect(failing).rejects.toThrow('not now')
  expect(await rows()).toEqual([])
})

test('requests at the same time come one after the other', async () => {
  await Promise.all(Array.from({ length: 8 }, () => begin(operation(), started(newId()))))
  expect(await report()).toMatchObject({ entries: 8, broken: null })
})

const spoilt: [string, number, Partial<typeof registerJournal.$inferInsert>, number, RegExp][] = [
  ['a changed value', 1, { content: '{"after":{"verb":"rehearse"}}' }, 1, /values/],
  ['another person', 1, { way: 'cli' }, 1, /hash/],
  ['another time', 2, { at: new Date(0) }, 2, /hash/],
  ['another hash', 1, { hash: '0'.repeat(64) }, 1, /hash/],
  ['a missing entry', 1, { number: 7 }, 2, /entry 1 is missing/],
]
test.each(spoilt)('%s is found', async (_what, number, set, at, what) => {
  await begin()
  await end()
  await spoil(number, set)
  expect((await report()).broken).toEqual({ number: at, what: expect.stringMatching(what) })
})
