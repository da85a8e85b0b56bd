/** When the page says that PostgreSQL is worth it, and when it is not. */
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { backups, instances, usageDays } from '../../../db/schema/index.ts'
import { countColumns } from '../../../server/calls/minutes.ts'
import type { UsageDay } from '../../../server/calls/usage.ts'
import { usageDateOf } from '../../../server/calls/usage.ts'
import { limits, manyPeople } from '../../../server/system/limits.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

let administrator: Person
beforeAll(async () => {
  administrator = await makePerson(await makeSchool(), 'administrator')
})
beforeEach(() =>
  db.transaction(noSchool, async (tx) => {
    await tx.delete(usageDays)
    await tx.delete(backups)
    await tx.delete(instances)
  }),
)
afterAll(() => db.close())

const dayBefore = (days: number) => usageDateOf(new Date(now.getTime() - days * 86_400_000))
const none = Object.fromEntries(countColumns.map((column) => [column, 0]))
const quiet = { size: 5e6, people: 9, peopleAtOnce: 4, processes: 1, busiest: 6, ...none, within1: 100 }

/** Each names how many days ago it was. */
async function addDays(days: [ago: number, more?: Partial<UsageDay>][]) {
  const rows = days.map(([ago, more]) => ({ ...quiet, ...more, date: dayBefore(ago) }) as UsageDay)
  await db.transaction(noSchool, async (tx) => {
    for (const row of rows) await tx.insert(usageDays).values(row)
  })
}
const lastDays = (count: number, more: Partial<UsageDay> = {}): [number, Partial<UsageDay>][] =>
  Array.from({ length: count }, (_, ago) => [ago, more])

async function addProcesses(count: number) {
  const about = { host: 'north', version: '1', schemaMin: 5, schemaMax: 6, startedAt: now, isDraining: false }
  await db.transaction(noSchool, async (tx) => {
    for (let pid = 1; pid <= count; pid++)
      await tx.insert(instances).values({ id: newId(), pid, seenAt: now, ...about })
  })
}
async function signs() {
  const { signs: told } = await as(administrator).system.get()
  if (!told) throw new Error('nothing is said')
  return told
}
const states = async () => {
  const { state, waiting, machine, people, size } = await signs()
  return [state, waiting.state, machine.state, people.state, size.state]
}

test('before the first day there is nothing to tell, and no reason to move', async () => {
  expect(await signs()).toMatchObject({ state: 'far', since: null, waiting: { days: [] }, size: { aYear: null } })
})

test('a quiet register stays in its file', async () => {
  await addDays(lastDays(30))
  expect(await states()).toEqual(['far', 'far', 'far', 'far', 'far'])
})

test('a day on which nobody counted is a gap, and what lies longer back than a quarter year is left out', async () => {
  await addDays([[0], [2, { peopleAtOnce: 7 }], [95]])
  const { people, since } = await signs()
  expect(people.days).toEqual([7, null, 4])
  expect(since).toBe(dayBefore(2))
})

test('waiting counts once it was long on three of the last fourteen days', async () => {
  await makeSchool('Southfield')
  const long = { within1: 0, within500: 100 }
  await addDays([...lastDays(14), [15, long], [16, long]].slice(2) as [number, Partial<UsageDay>][])
  await addDays([
    [0, long],
    [1, long],
  ])
  expect((await signs()).waiting).toMatchObject({ state: 'far', limits: limits.waiting })
  await db.transaction(noSchool, (tx) => tx.delete(usageDays))
  await addDays(lastDays(3, long))
  expect((await signs()).waiting).toMatchObject({ state: 'reached', days: [485, 485, 485], writes: [100, 100, 100] })
  expect((await signs()).state).toBe('reached')
})

test('one slow save among a hundred is no waiting', async () => {
  await addDays(lastDays(14, { within1: 99, longer: 1 }))
  expect((await signs()).waiting.state).toBe('far')
})

test('a busy machine first gets more processes, and only a full one is a reason to move', async () => {
  await addDays(lastDays(5, { busiest: limits.machine.worth }))
  await addProcesses(availableParallelism() - 1)
  expect((await signs()).machine).toMatchObject({ state: 'near', processors: availableParallelism() })
  await addProcesses(1)
  expect((await signs()).machine.state).toBe('reached')
})

test('people alone are something to look at, never a reason', async () => {
  await addDays(lastDays(14, { peopleAtOnce: 50 * manyPeople, people: 60 * manyPeople }))
  expect(await states()).toEqual(['near', 'far', 'far', 'near', 'far'])
})

test('size is told with its growth, and a file that reaches the limit within a year is something to look at', async () => {
  const step = limits.size.worth / 380
  await addDays(Array.from({ length: 20 }, (_, ago) => [ago, { size: Math.round((21 - ago) * step) }]))
  const { size } = await signs()
  expect(size.state).toBe('near')
  expect(size.aYear).toBeCloseTo(365 * step, -3)
})

test('growth is told after two weeks', async () => {
  await addDays(lastDays(14))
  expect((await signs()).size.aYear).toBe(null)
  await addDays([[14]])
  expect((await signs()).size.aYear).toBe(0)
})

test('a backup that takes too long is a reason', async () => {
  await addDays(lastDays(3))
  const took = (copyMs: number, verifyMs: number) =>
    db.transaction(noSchool, async (tx) => {
      await tx.delete(backups)
      const run = { id: newId(), state: 'verified' as const, startedAt: now, endedAt: now, host: 'north', size: 1 }
      await tx.insert(backups).values({ ...run, copyMs, verifyMs })
    })
  await took(1000, 2000)
  expect((await signs()).size).toMatchObject({ state: 'far', backupMs: 3000 })
  await took(limits.backup.worth / 2, limits.backup.worth / 2)
  expect((await signs()).size.state).toBe('reached')
})
