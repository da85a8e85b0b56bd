import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool, open } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { held, onPostgres } from './outsider.ts'
import { addRoom, addSchools, roomCount } from './sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1, 2, 3]))
afterAll(() => db.close())

/** How many of `works` were under way at the same time, at most. */
async function mostAtOnce(works: ((meanwhile: () => Promise<void>) => Promise<unknown>)[]): Promise<number> {
  let now = 0
  let most = 0
  const meanwhile = async () => {
    most = Math.max(most, ++now)
    await sleep(100)
    now--
  }
  await Promise.all(works.map((work) => work(meanwhile)))
  return most
}

test('two writes into one school happen one after the other', async () => {
  const write = (meanwhile: () => Promise<void>) => db.transaction(1, meanwhile)
  expect(await mostAtOnce([write, write, write])).toBe(1)
})

test('two writes into one school from two processes happen one after the other', async () => {
  const other = await open()
  const write = (own: typeof db) => (meanwhile: () => Promise<void>) => own.transaction(1, meanwhile)
  expect(await mostAtOnce([write(db), write(other), write(db), write(other)])).toBe(1)
  await other.close()
})

test('two schools are written at the same time where the database can', async () => {
  const into = (id: number) => (meanwhile: () => Promise<void>) => db.transaction(id, meanwhile)
  expect(await mostAtOnce([into(1), into(2)])).toBe(onPostgres ? 2 : 1)
  expect(await mostAtOnce([into(1), (m) => db.transaction([1, 2], m), into(2)])).toBe(1 + Number(onPostgres))
})

test('two processes that name two schools in different order never wait for each other for good', async () => {
  const other = await open()
  const both = (own: typeof db, schools: number[]) =>
    own.transaction(schools, async (tx) => {
      await addRoom(tx, 1)
      await sleep(2)
      await addRoom(tx, 2)
    })
  const started = performance.now()
  await Promise.all(Array.from({ length: 10 }, () => [both(db, [1, 2]), both(other, [2, 1])]).flat())
  expect(performance.now() - started).toBeLessThan(4_000)
  expect([await roomCount(db, 1), await roomCount(db, 2)]).toEqual([20, 20])
  await other.close()
})

test('a school that is busy keeps nobody from reading, and no other school from writing', async () => {
  const { promise, release } = held()
  const busy = db.transaction(1, () => promise)
  const waiting = Array.from({ length: 30 }, () => db.transaction(1, async () => 'in turn'))
  const started = performance.now()
  await Promise.all(Array.from({ length: 50 }, () => roomCount(db, 2)))
  if (onPostgres) await db.transaction(2, (tx) => roomCount(tx, 2))
  expect(performance.now() - started).toBeLessThan(1_000)
  release()
  await busy
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['in turn']))
})

test('whoever waits 5 seconds for a write to end is told that the database is unavailable, and can write afterwards', async () => {
  const { promise, release } = held()
  const busy = db.transaction(3, () => promise)
  const other = await open()
  const started = performance.now()
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
  expect(waited).toBeGreaterThan(4_500)
  expect(waited).toBeLessThan(7_000)
  release()
  await busy
  await other.transaction(3, (tx) => addRoom(tx, 3))
  expect(await roomCount(db, 3)).toBe(1)
  await other.close()
})

test('what belongs to no school is written while every school is busy, where the database can', async () => {
  const write = (meanwhile: () => Promise<void>) => db.transaction(noSchool, meanwhile)
  expect(await mostAtOnce([write, (m) => db.transaction([1, 2, 3], m)])).toBe(onPostgres ? 2 : 1)
})
