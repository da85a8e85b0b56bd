import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { open } from '../../../db/open.ts'
import { patiently } from '../../setup/patiently.ts'
import { held, onPostgres, outsider } from '../outsider.ts'
import { addRoom, addSchools, roomCount } from '../sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1, 2, 3]))
afterAll(() => db.close())

type Work = (meanwhile: () => Promise<void>) => Promise<unknown>
/** How many were under way at the same time, at most. All stay until `together` of the first have met; then `later` come. */
async function mostAtOnce(together: number, first: Work[], later: Work[] = []): Promise<number> {
  let now = 0
  let most = 0
  const { promise: met, release } = held()
  const meanwhile = async () => {
    most = Math.max(most, ++now)
    if (now === together) release()
    await met
    // Whoever should not come in gets the time to.
    await sleep(100)
    now--
  }
  const begun = Promise.all(first.map((work) => work(meanwhile)))
  await Promise.race([met, begun])
  await Promise.all([begun, ...later.map((work) => work(meanwhile))])
  return most
}
const atOnce = onPostgres ? 2 : 1

test('two writes into one school happen one after the other', async () => {
  const write = (meanwhile: () => Promise<void>) => db.transaction(1, meanwhile)
  expect(await mostAtOnce(1, [write, write, write])).toBe(1)
})

test('two writes into one school from two processes happen one after the other', async () => {
  const other = await open()
  const write = (own: typeof db) => (meanwhile: () => Promise<void>) => own.transaction(1, meanwhile)
  expect(await mostAtOnce(1, [write(db), write(other), write(db), write(other)])).toBe(1)
  await other.close()
})

test('two schools are written at the same time where the database can', async () => {
  const into = (id: number) => (meanwhile: () => Promise<void>) => db.transaction(id, meanwhile)
  expect(await mostAtOnce(atOnce, [into(1), into(2)])).toBe(atOnce)
  const both: Work = (meanwhile) => db.transaction([1, 2], meanwhile)
  expect(await mostAtOnce(atOnce, [into(1), into(2)], [both])).toBe(atOnce)
})

/** How often PostgreSQL has ended one of two that waited for each other; SQLite knows no such thing. */
async function deadlocks(): Promise<number> {
  if (!onPostgres) return 0
  const own = outsider()
  const [row] = await own.rows<{ n: string }>(
    'select deadlocks as n from pg_stat_database where datname = current_database()',
  )
  await own.close()
  return Number(row?.n)
}

test('two processes that name two schools in different order never wait for each other', async () => {
  const [one, other] = [await open(), await open()]
  const both = (own: typeof db, schools: number[]) =>
    patiently(() =>
      own.transaction(schools, async (tx) => {
        await addRoom(tx, 1)
        await sleep(2)
        await addRoom(tx, 2)
      }),
    )
  await Promise.all(Array.from({ length: 10 }, () => [both(one, [1, 2]), both(other, [2, 1])]).flat())
  expect([await roomCount(db, 1), await roomCount(db, 2)]).toEqual([20, 20])
  await Promise.all([one.close(), other.close()])
  expect(await deadlocks()).toBe(0)
})

test('a school that is busy keeps nobody from reading, and no other school from writing', async () => {
  const { promise, release } = held()
  const busy = db.transaction(1, () => promise)
  const waiting = Array.from({ length: 30 }, () => patiently(() => db.transaction(1, async () => 'in turn')))
  await Promise.all(Array.from({ length: 50 }, () => roomCount(db, 2)))
  if (onPostgres) await db.transaction(2, (tx) => roomCount(tx, 2))
  release()
  await busy
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['in turn']))
})

test('whoever waits 5 seconds for a write to end is told that the database is unavailable, and can write afterwards', async () => {
  const { promise, release } = held()
  const busy = db.transaction(3, () => promise)
  const other = await open()
  const started = performance.now()
  const fiveSeconds = sleep(5_000).then(() => performance.now() - started)
  const opened = other.transaction(3, async (tx) => void (await addRoom(tx, 3)), sql`select count(*) from rooms`)
  const waiting = [db, db, other].map((own) => own.transaction(3, async (tx) => void (await addRoom(tx, 3))))
  const results = await Promise.allSettled([...waiting, opened])
  const waited = performance.now() - started
  expect(results.map((r) => r.status === 'rejected' && r.reason instanceof UnavailableError)).toEqual([
    true,
    true,
    true,
    true,
  ])
  const ratio = waited / (await fiveSeconds)
  expect(ratio).toBeGreaterThan(0.9)
  expect(ratio).toBeLessThan(1.4)
  release()
  await busy
  await other.transaction(3, (tx) => addRoom(tx, 3))
  expect(await roomCount(db, 3)).toBe(1)
  await other.close()
})

test('what belongs to no school is written while every school is busy, where the database can', async () => {
  const write = (meanwhile: () => Promise<void>) => db.transaction(noSchool, meanwhile)
  expect(await mostAtOnce(atOnce, [write, (m) => db.transaction([1, 2, 3], m)])).toBe(atOnce)
})
