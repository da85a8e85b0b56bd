import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UnavailableError } from '../../../db/errors.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { startPostgres } from '../../setup/postgres.ts'

const server = await startPostgres('synchronous_commit=on')
const db = await openPostgres(server.url, { min: 2, max: 10 })
beforeAll(async () => {
  await db.transaction(1, (tx) => tx.rows(sql`create table notes (n integer)`))
})
afterAll(async () => {
  await db.close()
  await server.stop()
})

const write = (n: number) => db.transaction(1, (tx) => tx.rows(sql`insert into notes values (${n})`))
const count = async () => Number((await db.rows<{ n: string }>(sql`select count(*) as n from notes`))[0]?.n)
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => (error instanceof UnavailableError ? 'unavailable' : String(error)),
  )

/** What became of forty writes before an outage and of what was asked in it, and how long it was, in ms. */
async function restart() {
  const before = await count()
  const begun = performance.now()
  const writing = Array.from({ length: 40 }, (_, n) => outcome(write(n)))
  await sleep(20)
  await server.halt('SIGINT')
  const waiting = [count(), write(100), db.snapshot((tx) => tx.rows(sql`select 1`))].map(outcome)
  await sleep(500)
  await server.resume()
  const took = performance.now() - begun
  return { before, took, waited: await Promise.all(waiting), written: await Promise.all(writing) }
}

test('a server that restarts within 5 seconds is only waited for, by reads, writes and snapshots alike', async () => {
  let outage = await restart()
  // A busy machine may need longer to start it, and then it is another outage than this one.
  while (outage.took > 4_000) outage = await restart()
  const { before, waited, written } = outage
  expect(waited).toEqual(['done', 'done', 'done'])
  const lost = written.filter((result) => result === 'unavailable').length
  expect(written.filter((result) => result === 'done').length + lost).toBe(40)
  // Only one of a school's writes can have been cut in its commit.
  expect(lost).toBeLessThanOrEqual(1)
  const saved = (await count()) - before
  expect(saved).toBeGreaterThanOrEqual(41 - lost)
  expect(saved).toBeLessThanOrEqual(41)
})

test('while the server is away everything says unavailable within seconds; afterwards all works again', async () => {
  const before = await count()
  await server.halt('SIGQUIT')
  const started = performance.now()
  const fiveSeconds = sleep(5_000).then(() => performance.now() - started)
  const asked = Array.from({ length: 30 }, (_, n) => [
    write(n),
    count(),
    db.snapshot((tx) => tx.rows(sql`select 1`)),
  ]).flat()
  expect(new Set(await Promise.all(asked.map(outcome)))).toEqual(new Set(['unavailable']))
  const waited = performance.now() - started
  expect(waited / (await fiveSeconds)).toBeLessThan(1.8)
  await server.resume()
  expect(await count()).toBe(before)
  await Promise.all(Array.from({ length: 30 }, (_, n) => write(n)))
  expect(await count()).toBe(before + 30)
})

test('an address where nothing answers is named when the database is opened', async () => {
  const nobody = server.url.replace(/:\d+\//, ':1/')
  await expect(openPostgres(nobody, { min: 2, max: 10 })).rejects.toThrow(
    /PostgreSQL does not answer at DATABASE_URL: .*ECONNREFUSED/,
  )
  const unknown = server.url.replace(/postgres$/, 'no_such_database')
  await expect(openPostgres(unknown, { min: 2, max: 10 })).rejects.toThrow('database "no_such_database" does not exist')
})

test('more connections than the server has are waited for', async () => {
  const crowd = await openPostgres(server.url, { min: 1, max: 3 })
  const reads = Array.from({ length: 90 }, () => crowd.rows(sql`select pg_sleep(0.002)`))
  const writes = Array.from({ length: 30 }, (_, n) =>
    crowd.transaction(n, (tx) => tx.rows(sql`select pg_sleep(0.002)`)),
  )
  expect(new Set(await Promise.all([...reads, ...writes].map(outcome)))).toEqual(new Set(['done']))
  await crowd.close()
})
