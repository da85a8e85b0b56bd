/** Two sides of a flag are compared over all processes, and a rollout whose new side fails is turned off. */
import '../../setup/as-owner.ts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { flagSides, registerJournal, flags as table } from '../../../db/schema/index.ts'
import type { Outcome } from '../../../server/calls/procedure-times.ts'
import { compareSides, guard, judged } from '../../../server/flags/compare.ts'
import { guardFlags } from '../../../server/flags/guarding.ts'
import { readHistory } from '../../../server/flags/history.ts'
import type { SetFlagInput } from '../../../server/flags/input.ts'
import { isOn } from '../../../server/flags/is-on.ts'
import type { FlagKey, Flags } from '../../../server/flags/registry.ts'
import { changeFlag, rowOf } from '../../../server/flags/set.ts'
import { Sides, sidesKeptFor, sidesOf } from '../../../server/flags/sides.ts'
import { flagsOf } from '../../../server/flags/store.ts'
import { verifyRegister } from '../../../server/journal/register.ts'
import { flagsNow } from '../../../server/runtime/rpc.ts'
import type { Person } from '../../../server/trpc.ts'
import { outsider } from '../../db/outsider.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

/** A new way of the search that fails, and a switch for need beside it. */
vi.mock('../../../server/flags/registry.ts', async (original) => {
  const real = await original<typeof import('../../../server/flags/registry.ts')>()
  const about = { owner: 'a test', created: '2026-12-01', expires: '2027-06-01', per: 'person', does: 'Nothing.' }
  const planted = { ...about, kind: 'release', default: false, calls: ['search.find'] }
  const flags = { ...real.flags, planted, need: { ...planted, kind: 'kill switch' } }
  const isFlagKey = (key: string) => Object.hasOwn(flags, key)
  return { ...real, flags, flagKeys: Object.keys(flags), isFlagKey, flagOf: (key: keyof typeof flags) => flags[key] }
})
vi.mock('../../../server/search/find.ts', () => ({
  find: async (ctx: { flags?: Flags }) => {
    if (isOn(ctx, planted)) throw new Error('the new way is broken')
    return { students: [] }
  },
}))
const planted = 'planted' as FlagKey

let onIt: Person
let offIt: Person
beforeAll(async () => {
  const school = await makeSchool()
  onIt = await makePerson(school, 'registrar')
  offIt = await makePerson(school, 'registrar')
})
beforeEach(async () => {
  await db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
    await tx.delete(flagSides)
  })
  await flagsOf(db).look()
})
afterAll(() => db.close())

const change = (given: Omit<SetFlagInput, 'key' | 'version'>, key: string = planted) =>
  changeFlag(
    db,
    { id: newId(), procedure: 'flags.set', inputHash: newId(), way: 'cli', actorId: null, at: now },
    { key, ...given },
  )
const find = (person: Person) =>
  as(person, { flags: flagsNow(db) })
    .search.find({ text: 'anything' })
    .then(
      () => 'ok',
      () => 'failed',
    )
const times = (count: number, work: () => unknown) => Promise.all(Array.from({ length: count }, work))
const served = (on: boolean) => ({ [planted]: on, need: on }) as unknown as Flags
/** Calls that ended so, on one side of every flag. */
const noted = (on: boolean, calls: number, outcome: Outcome = 'ok', sides = sidesOf(db)) => {
  for (let call = 0; call < calls; call++) sides.note('search.find', served(on), flagsOf(db).current, 3, outcome)
}
const write = (at = now) => sidesOf(db).write(at)
const verdict = async (at = now) => judged(db, planted, (await rowOf(db, planted)).version, at)
const least = guard.leastCalls

test('a rollout whose new side fails is turned off, which the chain tells as done by the guard', async () => {
  await change({ mode: 'rules', people: [onIt.userId] })
  expect(new Set(await times(least + 10, () => find(onIt)))).toEqual(new Set(['failed']))
  expect(new Set(await times(least, () => find(offIt)))).toEqual(new Set(['ok']))
  expect([...(await write())].toSorted()).toEqual(['planted'])
  expect(await guardFlags(db, [planted], now)).toEqual([
    { flag: planted, calls: least + 10, failedPercent: 100, before: 0 },
  ])
  expect(await find(onIt)).toBe('ok')
  const [newest] = await readHistory(db, planted)
  expect(newest).toMatchObject({ version: 2, isByGuard: true, by: null, after: { mode: 'off' } })
  expect(await verifyRegister(db)).toMatchObject({ entries: 2, broken: null })
})

test('it waits for enough calls on both sides, and for the margin', async () => {
  await change({ mode: 'rules', people: [onIt.userId] })
  noted(true, least - 1, 'internal')
  noted(false, least)
  await write()
  expect(await verdict()).toBeUndefined()
  noted(true, 1, 'internal')
  await write()
  expect(await verdict()).toMatchObject({ failedPercent: 100, before: 0 })
  noted(false, least, 'internal')
  await write()
  expect(await verdict()).toMatchObject({ before: 50 })
  noted(false, 50 * least, 'internal')
  await write()
  expect(await verdict()).toBeUndefined()
})

test('what somebody typed wrongly, or may not do, is no failure', async () => {
  await change({ mode: 'rules', percent: 50 })
  noted(true, least, 'invalid')
  noted(true, least, 'forbidden')
  noted(false, least)
  await write()
  expect(await verdict()).toBeUndefined()
})

test('where nobody is on the old side any more, it is compared as it was before the change', async () => {
  noted(false, least)
  await write()
  await change({ mode: 'rules', percent: 100 })
  noted(true, least, 'internal')
  await write(new Date(now.getTime() + 3_600_000))
  expect(await verdict(new Date(now.getTime() + 3_600_000))).toMatchObject({ failedPercent: 100, before: 0 })
  expect(await compareSides(db, planted, 1)).toMatchObject({ isEarlier: true, off: { calls: least } })
})

test('a database that was away turns nothing off where the sides were not called at the same time', async () => {
  noted(false, least)
  await write()
  await change({ mode: 'rules', percent: 100 })
  noted(true, least, 'unavailable')
  await write()
  expect(await verdict()).toBeUndefined()
  noted(false, least)
  await write()
  expect(await verdict()).toMatchObject({ failedPercent: 100 })
})

test('failures that begin late are found: what went well long before does not hide them', async () => {
  await change({ mode: 'rules', percent: 50 })
  for (const isNew of [true, false]) noted(isNew, 60 * least)
  await write()
  const later = new Date(now.getTime() + 3_600_000)
  noted(true, least, 'internal')
  noted(false, least)
  await write(later)
  expect(await verdict(later)).toMatchObject({ calls: least, failedPercent: 100 })
})

test('a switch for need, a flag that is off, and one that serves its default are left to people', async () => {
  const fail = async () => {
    noted(true, least, 'internal')
    noted(false, least)
    await write()
  }
  await change({ mode: 'rules', percent: 50 }, 'need')
  await fail()
  expect(await guardFlags(db, ['need', planted], now)).toEqual([])
  await change({ mode: 'off' })
  await fail()
  expect(await guardFlags(db, [planted], now)).toEqual([])
})

test('after it was turned on again, the new side begins anew', async () => {
  await change({ mode: 'rules', percent: 50 })
  noted(true, least, 'internal')
  noted(false, least)
  await write()
  expect(await guardFlags(db, [planted], now)).toHaveLength(1)
  await change({ mode: 'rules' })
  expect(await guardFlags(db, [planted], now)).toEqual([])
  noted(true, least)
  await write()
  expect(await guardFlags(db, [planted], now)).toEqual([])
})

test('of the guards of several processes one turns it off', async () => {
  await change({ mode: 'rules', percent: 50 })
  noted(true, least, 'internal')
  noted(false, least)
  await write()
  const all = await Promise.all([1, 2, 3].map(() => guardFlags(db, [planted], now)))
  expect(all.flat()).toHaveLength(1)
  expect(await db.select().from(registerJournal)).toHaveLength(2)
})

test('what several processes count is added up, and a restart loses nothing that was written', async () => {
  await change({ mode: 'rules', percent: 50 })
  const processes = [new Sides(db), new Sides(db), new Sides(db)]
  for (const sides of processes) noted(true, 10, 'ok', sides)
  await Promise.all(processes.map((sides) => sides.write(now)))
  for (const sides of processes) noted(true, 1, 'internal', sides)
  await Promise.all(processes.map((sides) => sides.write(now)))
  expect(await compareSides(db, planted, 1)).toMatchObject({ on: { calls: 33, failed: 3 }, off: { calls: 0 } })
  expect(await db.select().from(flagSides)).toHaveLength(2)
})

test('what could not be written is written the next time, once', async () => {
  await change({ mode: 'rules', percent: 50 })
  noted(true, 7)
  const beside = outsider()
  await beside.rows('alter table flag_sides rename to away')
  await expect(write()).rejects.toThrow()
  await beside.rows('alter table away rename to flag_sides')
  await beside.close()
  noted(true, 1)
  await write()
  await write()
  expect(await compareSides(db, planted, 1)).toMatchObject({ on: { calls: 8, p50: expect.any(Number) } })
})

test('what is older than a week is swept', async () => {
  noted(true, 1)
  await write(new Date(now.getTime() - sidesKeptFor - 3_600_000))
  noted(false, 1)
  await write()
  expect((await db.select().from(flagSides)).map((row) => row.isOn)).toEqual([false, false])
})
