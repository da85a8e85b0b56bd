import type postgres from 'postgres'
import { isLostConnection, UnavailableError } from './errors.ts'
import type { MigrationStatus, Runner } from './migrate.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import { begin } from './postgres-begin.ts'
import { clientOf } from './postgres-client.ts'

const migrationLock = 7311
const lockTimeout = '55P03'
const inUse = 'a table it changes was in use for 5 s; run it again in a quieter moment'
const ledgers = `
  create schema if not exists drizzle;
  create table if not exists drizzle."__drizzle_migrations" (id serial primary key, hash text not null, created_at bigint);
  create table if not exists migrations (
    step integer primary key, name text not null unique, hash text not null, "when" bigint not null, at timestamptz(3) not null
  );`

type Client = Pick<postgres.Sql, 'unsafe'>

async function readLedger(client: Client): Promise<MigrationStatus['applied']> {
  const [found] = await client.unsafe(`select to_regclass('migrations') is not null as exists`)
  if (!found?.exists) return []
  const rows = await client.unsafe('select name, hash, "when", at from migrations order by step')
  return rows.map(({ name, hash, when, at }) => ({ name, hash, when: Number(when), at }))
}

async function apply(client: Client, { name, hash, when, statements }: Migration, step: number): Promise<void> {
  for (const statement of statements) {
    try {
      await client.unsafe(statement)
    } catch (error) {
      const why = (error as { code?: string }).code === lockTimeout ? inUse : (error as Error).message
      throw new MigrationError(`Migration ${name} failed: ${why}. Nothing was changed`, { cause: error })
    }
  }
  await client.unsafe('insert into drizzle."__drizzle_migrations" (hash, created_at) values ($1, $2)', [hash, when])
  await client.unsafe('insert into migrations (step, name, hash, "when", at) values ($1, $2, $3, $4, now())', [
    step,
    name,
    hash,
    when,
  ])
}

async function migrateLocked(client: Client, files: readonly Migration[]): Promise<string[]> {
  // Waits for another process's migration as long as it takes, then for each table lock only briefly: a table that is
  // in use must not be made to queue everybody behind this migration.
  await client.unsafe(`select pg_advisory_xact_lock(${migrationLock})`)
  await client.unsafe(`select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '10min', true)`)
  const done = await readLedger(client)
  const pending = pendingMigrations(files, done)
  if (pending.length) await client.unsafe(ledgers)
  for (const [index, migration] of pending.entries()) await apply(client, migration, done.length + index + 1)
  return pending.map(({ name }) => name)
}

export function postgresRunner(url: string): Runner {
  const connected = async <T>(work: (client: postgres.Sql) => Promise<T>): Promise<T> => {
    const client = clientOf(url, 1)
    try {
      return await work(client.sql)
    } catch (error) {
      if (isLostConnection(error))
        throw new UnavailableError(`PostgreSQL does not answer: ${(error as Error).message}`, { cause: error })
      throw error
    } finally {
      await client.end()
    }
  }
  return {
    migrate: (files) =>
      connected(async (client) => ({
        applied: await begin(client, 'isolation level read committed', { committing: false }, (tx) =>
          migrateLocked(tx, files),
        ),
      })),
    applied: () => connected(readLedger),
  }
}
