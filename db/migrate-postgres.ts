import { isLostConnection, UnavailableError } from './errors.ts'
import type { Migration, MigrationReport, MigrationStatus, Runner, Validation } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import type { LedgerRow } from './migration-ledger.ts'
import { appliedOf, compatibleLedger, ledger, ledgerQuery, ledgerTables, nowRequired } from './migration-ledger.ts'
import type { Client } from './postgres/connection.ts'
import { Connection } from './postgres/connection.ts'
import { openValidations, validateStatement, whyNot } from './validate-postgres.ts'

const migrationLock = 7311
const lockTimeout = '55P03'
const inUse = 'a table it changes was in use for 5 s; run it again in a quieter moment'
const ledgers = `
  create schema if not exists drizzle;
  create table if not exists drizzle."__drizzle_migrations" (id serial primary key, hash text not null, created_at bigint);
  ${ledgerTables('bigint', 'timestamptz(3)')}`

async function tablesOfLedger(client: Client): Promise<string[]> {
  const rows = await client.send(
    `select name from unnest(array['${ledger}', '${compatibleLedger}']) as name where to_regclass(name) is not null`,
  )
  return rows.map(({ name }) => name)
}

async function readLedger(client: Client): Promise<MigrationStatus['applied']> {
  const tables = await tablesOfLedger(client)
  if (!tables.length) return []
  const rows = await client.send<LedgerRow>(ledgerQuery(tables))
  return rows.map(appliedOf)
}

async function apply(client: Client, migration: Migration, step: number): Promise<void> {
  const { name, hash, when, statements, isCompatible } = migration
  for (const statement of statements) {
    try {
      await client.send(statement)
    } catch (error) {
      const why = (error as { code?: string }).code === lockTimeout ? inUse : (error as Error).message
      throw new MigrationError(`Migration ${name} failed: ${why}. Nothing was changed`, { cause: error })
    }
  }
  await client.send('insert into drizzle."__drizzle_migrations" (hash, created_at) values ($1, $2)', [hash, when])
  if (!isCompatible) for (const statement of nowRequired) await client.send(statement)
  const table = isCompatible ? compatibleLedger : ledger
  const row = [step, name, hash, when, new Date().toISOString()]
  await client.send(`insert into ${table} (step, name, hash, "when", at) values ($1, $2, $3, $4, $5)`, row)
}

/** Another process's migration may take as long as it needs. */
async function lockMigrations(client: Client): Promise<void> {
  await client.send(`select pg_advisory_xact_lock(${migrationLock})`)
  // Each table lock is awaited only briefly: else every query would wait behind this migration.
  await client.send(`select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '10min', true)`)
}

async function migrateLocked(client: Client, files: readonly Migration[]): Promise<string[]> {
  await lockMigrations(client)
  const done = await readLedger(client)
  const pending = pendingMigrations(files, done)
  if ((await tablesOfLedger(client)).length < 2) await client.send(ledgers)
  for (const [index, migration] of pending.entries()) await apply(client, migration, done.length + index + 1)
  return pending.map(({ name }) => name)
}

const transaction = <T>(connection: Connection, work: (tx: Client) => Promise<T>): Promise<T> =>
  connection.transaction('begin isolation level read committed', async (own, begun) => {
    await begun
    return work(own)
  })

async function validate(client: Connection, files: readonly Migration[], each: Validation): Promise<string[]> {
  try {
    await transaction(client, async (tx) => {
      await lockMigrations(tx)
      const open = await openValidations(tx, files)
      const isOpen = open.some(({ table, constraint }) => table === each.table && constraint === each.constraint)
      if (isOpen) await tx.send(validateStatement(each))
    })
    return []
  } catch (error) {
    const why = whyNot(each, error)
    if (!why) throw error
    return [why]
  }
}

async function migrateAndValidate(client: Connection, files: readonly Migration[]): Promise<MigrationReport> {
  const applied = await transaction(client, (tx) => migrateLocked(tx, files))
  const unvalidated: string[] = []
  for (const each of await openValidations(client, files)) unvalidated.push(...(await validate(client, files, each)))
  return { applied, ...(unvalidated.length && { unvalidated }) }
}

export function postgresRunner(url: string): Runner {
  const connected = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = new Connection(url)
    try {
      return await work(connection)
    } catch (error) {
      if (isLostConnection(error))
        throw new UnavailableError(`PostgreSQL does not answer: ${(error as Error).message}`, { cause: error })
      throw error
    } finally {
      await connection.end()
    }
  }
  return {
    migrate: (files) => connected((client) => migrateAndValidate(client, files)),
    applied: () => connected(readLedger),
    unvalidated: (files) =>
      connected(async (client) =>
        (await openValidations(client, files)).map(({ table, constraint }) => `${table}.${constraint}`),
      ),
  }
}
