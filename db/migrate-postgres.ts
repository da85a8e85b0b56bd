import { isLostConnection, UnavailableError } from './errors.ts'
import type { Migration, MigrationReport, MigrationStatus, Runner, Validation } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import type { LedgerRow } from './migration-ledger.ts'
import { appliedOf, compatibleLedger, ledger, ledgerQuery, ledgerTables, nowRequired } from './migration-ledger.ts'
import type { Client } from './postgres/connection.ts'
import { Connection } from './postgres/connection.ts'
import type { Home } from './postgres/home.ts'
import { homeOf, quoted, stayAt } from './postgres/home.ts'
import { keepJournal } from './postgres/rights.ts'
import { openValidations, validateStatement, whyNot } from './validate-postgres.ts'

const migrationLock = 7311
const reasons: Record<string, string> = {
  '55P03': 'a table it changes was in use for 5 s; run it again in a quieter moment',
  42501: 'the role of DATABASE_DIRECT_URL (or DATABASE_URL) does not own the tables, or may make none in their schema',
}
// `if not exists` would need the right to make schemas even where there is one.
const kitHome = "do $$ begin if to_regnamespace('drizzle') is null then create schema drizzle; end if; end $$"
const kitSchema = ({ schema }: Home) => (schema === 'public' ? 'drizzle' : schema)
const kitLedger = (home: Home) => `${quoted(kitSchema(home))}."__drizzle_migrations"`
const ledgers = (home: Home) => `
  ${home.schema === 'public' ? `${kitHome};` : ''}
  create table if not exists ${kitLedger(home)} (id serial primary key, hash text not null, created_at bigint);
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

async function apply(client: Client, home: Home, migration: Migration, step: number): Promise<void> {
  const { name, hash, when, statements, isCompatible } = migration
  for (const statement of statements) {
    try {
      await client.send(statement)
    } catch (error) {
      const why = reasons[(error as { code?: string }).code ?? ''] ?? (error as Error).message
      throw new MigrationError(`Migration ${name} failed: ${why}. Nothing was changed`, { cause: error })
    }
  }
  await client.send(`insert into ${kitLedger(home)} (hash, created_at) values ($1, $2)`, [hash, when])
  if (!isCompatible) for (const statement of nowRequired) await client.send(statement)
  const table = isCompatible ? compatibleLedger : ledger
  const row = [step, name, hash, when, new Date().toISOString()]
  await client.send(`insert into ${table} (step, name, hash, "when", at) values ($1, $2, $3, $4, $5)`, row)
}

/** Another process's migration may take as long as it needs. */
async function lockMigrations(client: Client, { lock }: Home): Promise<void> {
  await client.send(`select pg_advisory_xact_lock(${lock === null ? migrationLock : `${migrationLock}, ${lock}`})`)
  // Each table lock is awaited only briefly: else every query would wait behind this migration.
  await client.send(`select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '10min', true)`)
}

async function migrateLocked(client: Client, home: Home, files: readonly Migration[]): Promise<string[]> {
  await lockMigrations(client, home)
  const done = await readLedger(client)
  const pending = pendingMigrations(files, done)
  if ((await tablesOfLedger(client)).length < 2) await client.send(ledgers(home))
  for (const [index, migration] of pending.entries()) await apply(client, home, migration, done.length + index + 1)
  await keepJournal(client)
  return pending.map(({ name }) => name)
}

const transaction = <T>(connection: Connection, work: (tx: Client, home: Home) => Promise<T>): Promise<T> =>
  connection.transaction('begin isolation level read committed', async (own, begun) => {
    await begun
    const home = await homeOf(own)
    await own.send(stayAt(home))
    return work(own, home)
  })

async function validate(client: Connection, files: readonly Migration[], each: Validation): Promise<string[]> {
  try {
    await transaction(client, async (tx, home) => {
      await lockMigrations(tx, home)
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
  const applied = await transaction(client, (tx, home) => migrateLocked(tx, home, files))
  const unvalidated: string[] = []
  const open = await transaction(client, (tx) => openValidations(tx, files))
  for (const each of open) unvalidated.push(...(await validate(client, files, each)))
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
    applied: () => connected((client) => transaction(client, readLedger)),
    unvalidated: (files) =>
      connected(async (client) => {
        const open = await transaction(client, (tx) => openValidations(tx, files))
        return open.map(({ table, constraint }) => `${table}.${constraint}`)
      }),
  }
}
