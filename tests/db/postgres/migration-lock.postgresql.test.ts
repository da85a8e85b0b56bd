import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { Connection } from '../../../db/postgres/connection.ts'
import { keepMigrationsAway, lockMigrations } from '../../../db/postgres/migration-lock.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import { ownSteps } from '../own-steps.ts'
import { startMaskingProxy } from './masking-proxy.ts'

let database: EmptyDatabase
beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(() => database.remove())

/** The address of something that stands before the server as a pooler does. */
async function behindPooler(): Promise<{ url: string; close(): void }> {
  const url = new URL(database.url)
  const { port, close } = await startMaskingProxy(Number(url.port))
  url.port = String(port)
  return { url: url.href, close }
}

test('PostgreSQL notices within a minute that the machine which migrates is gone', async () => {
  const connection = new Connection(database.url)
  await lockMigrations(connection, () => {})
  const settings = ['idle', 'interval', 'count'].map((what) => `current_setting('tcp_keepalives_${what}')::int`)
  const [found] = await connection.send<{ seconds: number }>(
    `select ${settings[0]} + ${settings[1]} * ${settings[2]} as seconds`,
  )
  expect(found?.seconds).toBe(60)
  await connection.end()
})

test('a backup at the address of a pooler is refused before it takes a lock that would stay there', async () => {
  const pooler = await behindPooler()
  const connection = new Connection(pooler.url)
  await expect(keepMigrationsAway(connection)).rejects.toThrow('set DATABASE_DIRECT_URL to the way past it')
  const left = `select pid from pg_locks join pg_database on oid = database where locktype = 'advisory' and datname = current_database()`
  expect(await connection.send(left)).toEqual([])
  await connection.end()
  pooler.close()
})

test('through a pooler steps are applied, and one that needs a session is refused with what to set', async () => {
  const mine = ownSteps()
  const pooler = await behindPooler()
  const runner = postgresRunner(pooler.url)
  await runner.migrate(mine.files())
  const tag = mine.add('index', '-- no-transaction\ncreate index concurrently schools_name_ix on schools (name)')
  await expect(runner.migrate(mine.files())).rejects.toThrow(
    `Migration ${tag} runs outside a transaction, which the pooler at this address does not carry: set DATABASE_DIRECT_URL to the way past it. Nothing was changed`,
  )
  pooler.close()
  mine.remove()
})
