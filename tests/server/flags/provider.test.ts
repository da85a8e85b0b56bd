/** What a job is served by OpenFeature's client: the register's state, the last one that could be read, and defaults before the first. */
import '../../setup/as-owner.ts'
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { registerJournal, flags as table } from '../../../db/schema/index.ts'
import type { SetFlagInput } from '../../../server/flags/input.ts'
import { jobFlag, RegisterProvider } from '../../../server/flags/provider.ts'
import { changeFlag } from '../../../server/flags/set.ts'
import { FlagStore } from '../../../server/flags/store.ts'
import { outsider } from '../../db/outsider.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'

beforeEach(() =>
  db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
  }),
)
afterEach(() => OpenFeature.close())
afterAll(() => db.close())

const change = (key: string, given: Omit<SetFlagInput, 'key' | 'version'>) =>
  changeFlag(
    db,
    { id: newId(), procedure: 'flags.set', inputHash: newId(), way: 'cli', actorId: null, at: now },
    { key, ...given },
  )
async function clientOf(store: FlagStore) {
  await OpenFeature.setProviderAndWait('test', new RegisterProvider(store))
  return OpenFeature.getClient('test')
}

test('a person, a school and the register are told apart by what the job says of them', async () => {
  const school = await makeSchool()
  const { userId } = await makePerson(school, 'viewer')
  await change('move-page', { mode: 'rules', people: [userId] })
  await change('presences', { mode: 'rules', schools: [school.id] })
  const store = new FlagStore(db)
  await store.look()
  const client = await clientOf(store)
  const ask = (key: string, context = {}) => client.getBooleanValue(key, false, context)
  expect(await ask('move-page', { targetingKey: userId, role: 'viewer' })).toBe(true)
  expect(await ask('move-page', { targetingKey: newId(), role: 'viewer' })).toBe(false)
  expect(await ask('presences', { schoolId: school.id })).toBe(true)
  expect(await ask('presences', { schoolId: school.id + 1 })).toBe(false)
  expect(await ask('backfills')).toBe(true)
})

test('jobs that name nobody share no bucket: each is served the default', async () => {
  await change('move-page', { mode: 'rules', percent: 1 })
  const store = new FlagStore(db)
  await store.look()
  const client = await clientOf(store)
  expect(await client.getBooleanValue('move-page', false)).toBe(true)
})

test('what is not registered, or no boolean, is what the caller says, with the reason', async () => {
  const client = await clientOf(new FlagStore(db))
  for (const isOn of [true, false])
    expect(await client.getBooleanDetails('no-such-flag', isOn)).toMatchObject({
      ...{ value: isOn, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' },
    })
  expect(await client.getStringDetails('presences', 'as was')).toMatchObject({
    ...{ value: 'as was', errorCode: 'TYPE_MISMATCH' },
  })
  expect(await client.getNumberValue('presences', 7)).toBe(7)
  expect(await client.getObjectValue('presences', { as: 'was' })).toEqual({ as: 'was' })
})

test('before the first reading, and from an empty table, the defaults are served', async () => {
  const store = new FlagStore(db)
  const client = await clientOf(store)
  expect(await client.getBooleanValue('backfills', false)).toBe(true)
  await store.look()
  expect(await client.getBooleanValue('backfills', false)).toBe(true)
})

test('a table that is broken or gone leaves what was read last', async () => {
  await change('backfills', { mode: 'off' })
  const store = new FlagStore(db)
  await store.look()
  const client = await clientOf(store)
  await db.transaction(register, (tx) => tx.update(table).set({ roles: ['wizard' as 'viewer'] }))
  await change('presences', { mode: 'off' })
  await store.look()
  expect(await client.getBooleanValue('backfills', true)).toBe(false)
  const beside = outsider()
  await beside.rows('alter table flags rename to away')
  await store.look().catch(() => undefined)
  await beside.rows('alter table away rename to flags')
  await beside.close()
  expect(await client.getBooleanValue('backfills', true)).toBe(false)
  expect(await client.getBooleanValue('presences', true)).toBe(false)
})

test('a database that is away leaves what was read last, and a process that never reached it the defaults', async () => {
  await change('backfills', { mode: 'off' })
  const own = await open()
  const [store, fresh] = [new FlagStore(own), new FlagStore(own)]
  await store.look()
  await own.close()
  await expect(store.look()).rejects.toThrow()
  await expect(fresh.look()).rejects.toThrow()
  const client = await clientOf(store)
  expect(await client.getBooleanValue('backfills', true)).toBe(false)
  expect(await (await clientOf(fresh)).getBooleanValue('backfills', false)).toBe(true)
})

test('a row of a release ahead of the code is another flag, and is left alone', async () => {
  await change('backfills', { mode: 'off' })
  await db.transaction(register, async (tx) => {
    const [row] = await tx.select().from(table)
    if (row) await tx.insert(table).values({ ...row, key: 'of-the-next-release' })
  })
  const store = new FlagStore(db)
  await store.look()
  const client = await clientOf(store)
  expect(store.broken).toEqual([])
  expect(await client.getBooleanValue('backfills', true)).toBe(false)
  expect(await client.getBooleanDetails('of-the-next-release', true)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' })
})

test('a job follows a change without asking again, until it ends', async () => {
  const store = new FlagStore(db)
  await store.look()
  const isOn = await jobFlag(store, 'backfills')
  expect(isOn()).toBe(true)
  await change('backfills', { mode: 'off' })
  await store.look()
  await expect.poll(isOn).toBe(false)
  await change('backfills', { mode: 'default' })
  await store.look()
  await expect.poll(isOn).toBe(true)
})

test('a client is told of each change, and of none once its provider is closed', async () => {
  const store = new FlagStore(db)
  await store.look()
  const client = await clientOf(store)
  let told = 0
  client.addHandler(ProviderEvents.ConfigurationChanged, () => {
    told++
  })
  await change('presences', { mode: 'off' })
  await store.look()
  await expect.poll(() => told).toBe(1)
  await OpenFeature.close()
  await change('presences', { mode: 'default' })
  await store.look()
  expect(told).toBe(1)
})
