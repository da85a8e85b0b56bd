/** What a process serves while the flags change, and where they can't be read. */
import '../../setup/as-owner.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { registerJournal, flags as table } from '../../../db/schema/index.ts'
import type { Who } from '../../../server/flags/flag-set.ts'
import type { SetFlagInput } from '../../../server/flags/input.ts'
import { changeFlag } from '../../../server/flags/set.ts'
import { FlagStore, flagsOf } from '../../../server/flags/store.ts'
import { outsider } from '../../db/outsider.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'

let who: Who
beforeAll(async () => {
  const school = await makeSchool()
  const { userId } = await makePerson(school, 'registrar')
  who = { userId, isOwner: false, role: 'registrar', schoolId: school.id }
})
beforeEach(() =>
  db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
  }),
)
afterAll(() => db.close())

const operation = () => ({
  ...{ id: newId(), procedure: 'flags.set', inputHash: '0'.repeat(64), way: 'cli' as const, actorId: null, at: now },
})
const change = (key: string, given: Omit<SetFlagInput, 'key' | 'version'>) =>
  changeFlag(db, operation(), { key, ...given })
const served = (store: FlagStore) => store.current.of(who)
const all = (isOn: boolean) => ({ 'move-page': isOn, presences: isOn, backfills: isOn, 'shadow-seats': false })

test('a process that has read nothing serves the defaults, and then what the register says', async () => {
  await change('presences', { mode: 'off' })
  const store = new FlagStore(db)
  expect(served(store)).toEqual(all(true))
  expect(store.current.version).toBe(0)
  await store.look()
  expect(served(store)).toEqual({ ...all(true), presences: false })
  expect(store.current.version).toBe(1)
})

test('who holds a state sees no later one, and watchers are told once of each', async () => {
  const store = new FlagStore(db)
  await store.look()
  const held = store.current
  const told: number[] = []
  const leave = store.watch(({ version }) => told.push(version))
  await store.look()
  await change('move-page', { mode: 'off' })
  await store.look()
  await store.look()
  expect(held.of(who)['move-page']).toBe(true)
  expect(served(store)['move-page']).toBe(false)
  expect(told).toEqual([1])
  leave()
  await change('move-page', { mode: 'default' })
  await store.look()
  expect(told).toEqual([1])
  expect(served(store)['move-page']).toBe(true)
})

test('the process that changes a flag serves it at once', async () => {
  await change('presences', { mode: 'off' })
  expect(served(flagsOf(db)).presences).toBe(false)
})

test('a schedule begins by the clock, without a change', async () => {
  const clock = { now }
  const store = new FlagStore(db, undefined, () => clock.now)
  await change('move-page', { mode: 'rules', percent: 100, fromAt: '2026-11-20T10:00:00.000Z' })
  await store.look()
  expect(served(store)['move-page']).toBe(false)
  clock.now = new Date('2026-11-20T10:00:00Z')
  await store.look()
  expect(served(store)['move-page']).toBe(true)
})

const spoil = (set: Partial<typeof table.$inferInsert>, key = 'presences') =>
  db.transaction(register, (tx) => tx.update(table).set(set).where(eq(table.key, key)))

test('a row that can not be served by leaves its last good state, others go on, and mending it needs no change', async () => {
  const store = new FlagStore(db)
  await change('presences', { mode: 'off' })
  await store.look()
  await spoil({ roles: ['wizard' as 'viewer'] })
  await change('move-page', { mode: 'off' })
  await store.look()
  expect(served(store)).toEqual({ ...all(true), presences: false, 'move-page': false })
  expect(store.broken).toEqual(['presences'])
  const fresh = new FlagStore(db)
  await fresh.look()
  expect(served(fresh)).toEqual({ ...all(true), 'move-page': false })
  await spoil({ roles: [], mode: 'default' })
  await store.look()
  expect(store.broken).toEqual([])
  expect(served(store).presences).toBe(true)
})

test('where there is no table, or no chain, what was read last is served on', async () => {
  const store = new FlagStore(db)
  await change('presences', { mode: 'off' })
  await store.look()
  const beside = outsider()
  try {
    for (const [name, isBroken] of [
      ['flags', true],
      ['register_journal', false],
    ] as const) {
      await store.look()
      const before = served(store)
      await change('move-page', { percent: name.length, mode: 'rules' })
      await beside.rows(`alter table ${name} rename to away`)
      await store.look().catch(() => undefined)
      await beside.rows(`alter table away rename to ${name}`)
      expect(served(store)).toEqual(before)
      expect(store.broken.length > 0).toBe(isBroken)
    }
  } finally {
    await beside.close()
  }
  await store.look()
  expect(served(store).presences).toBe(false)
  expect(store.broken).toEqual([])
})

test('an emptied table serves the defaults from the next change on, and a flag of another release is left alone', async () => {
  const store = new FlagStore(db)
  await change('presences', { mode: 'off' })
  await store.look()
  await db.transaction(register, async (tx) => {
    const [row] = await tx.select().from(table)
    await tx.delete(table)
    if (row) await tx.insert(table).values({ ...row, key: 'of-the-next-release' })
  })
  await change('move-page', { mode: 'off' })
  await store.look()
  expect(served(store)).toEqual({ ...all(true), 'move-page': false })
  expect(store.broken).toEqual([])
})

test('a register that was put back to an earlier state serves that one', async () => {
  const store = new FlagStore(db)
  await change('presences', { mode: 'off' })
  await store.look()
  await db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
  })
  await store.look()
  expect(served(store)).toEqual(all(true))
})
