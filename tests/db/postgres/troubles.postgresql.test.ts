/** What keeps a PostgreSQL from doing what it is asked, told apart. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Turn } from '../../../db/condition.ts'
import type { Database } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { startPostgres } from '../../setup/postgres.ts'
import type { Outsider } from '../outsider.ts'
import { held, outsider, until } from '../outsider.ts'

const server = await startPostgres('max_connections=12')
let own = outsider(server.url)
const db = await openPostgres(server.url, { min: 1, max: 3 })
beforeAll(() => own.rows('create table notes (n integer)'))
afterAll(async () => {
  await own.close()
  await db.close()
  await server.stop()
})

const write = (n = 0, to: Database = db) => to.transaction(1, (tx) => tx.rows(sql`insert into notes values (${n})`))
/** The same, by the statement that goes with the locks. */
const writeFirst = (n = 0) => db.transaction(1, async () => {}, sql`insert into notes values (${n})`)
const count = async (of: Database = db) =>
  Number((await of.rows<{ n: string }>(sql`select count(*) as n from notes`))[0]?.n)
const troubleOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => (error instanceof UnavailableError ? error.trouble : String(error)),
  )

test('a full disk refuses what is written, and what can be read goes on', async () => {
  await own.rows(`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`)
  await own.rows('create trigger full_disk before insert on notes execute function full_disk()')
  const turns: Turn[] = []
  db.condition.watch((turn) => turns.push(turn))
  expect(await Promise.all([1, 2, 3].map((n) => troubleOf(write(n))))).toEqual(['full', 'full', 'full'])
  expect(await troubleOf(writeFirst())).toBe('full')
  expect(await count()).toBe(0)
  await own.rows('drop trigger full_disk on notes')
  expect(await troubleOf(write())).toBe('none')
  expect(turns.map(({ trouble, isOver }) => [trouble, isOver])).toEqual([['full', false]])
})

test('a database that was set to be read only takes no changes, and says so', async () => {
  await own.rows('alter database postgres set default_transaction_read_only = on')
  const second = await openPostgres(server.url, { min: 1, max: 1 })
  expect(await troubleOf(write(1, second))).toBe('readOnly')
  expect(await count(second)).toBe(1)
  await own.rows('set default_transaction_read_only = off')
  await own.rows('alter database postgres reset default_transaction_read_only')
  await second.close()
})

/** Takes every connection that the server still has. */
async function crowded(): Promise<Outsider[]> {
  const crowd: Outsider[] = []
  for (;;) {
    const one = outsider(server.url)
    const refused = await one.rows('select 1').then(
      () => undefined,
      (error) => error as { code?: string },
    )
    if (!refused) crowd.push(one)
    else {
      await one.close()
      expect(refused.code).toBe('53300')
      return crowd
    }
  }
}

test('a server that has given out all its connections is waited for', async () => {
  const second = await openPostgres(server.url, { min: 1, max: 3 })
  const isWritten = held()
  const holding = second.transaction(1, () => isWritten.promise)
  const crowd = await crowded()
  const waiting = second.transaction(2, (tx) => tx.rows(sql`insert into notes values (2)`))
  const refused = own.rows(`select pg_sleep(0.3)`)
  expect(await Promise.race([troubleOf(waiting), refused.then(() => 'waits')])).toBe('waits')
  await Promise.all(crowd.map((one) => one.close()))
  expect(await troubleOf(waiting)).toBe('none')
  isWritten.release()
  await holding
  await second.close()
})

test('after a failover what is written waits for the standby to be promoted; meanwhile it is read from', async () => {
  const [{ folder } = { folder: '' }] = await own.rows<{ folder: string }>(
    `select current_setting('data_directory') as folder`,
  )
  const before = await count()
  await own.close()
  await server.halt()
  writeFileSync(join(folder, 'standby.signal'), '')
  await server.resume()
  own = outsider(server.url)
  const patient = [troubleOf(write()), troubleOf(writeFirst())]
  expect(await count()).toBe(before)
  const waiting = () => own.rows(`select 1 from pg_stat_activity where application_name = 'homeroom'`)
  await until(async () => (await waiting()).length > 0)
  await own.rows('select pg_promote()')
  expect(await Promise.all(patient)).toEqual(['none', 'none'])
  expect(await count()).toBe(before + 2)
})
