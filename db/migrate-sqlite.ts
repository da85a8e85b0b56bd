import { existsSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { isBusy, UnavailableError } from './errors.ts'
import type { MigrationReport, MigrationStatus, Runner } from './migrate.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import { connect, connectPatiently, makePrivately, prepareFolder } from './sqlite-file.ts'

const lockLimit = 60_000

const ledgers = `
  create table if not exists "__drizzle_migrations" (id serial primary key, hash text not null, created_at numeric);
  create table if not exists migrations (
    step integer primary key, name text not null unique, hash text not null, "when" integer not null, at integer not null
  );`

interface LedgerRow {
  name: string
  hash: string
  when: number
  at: number
}
function readLedger(client: BetterSqlite.Database): MigrationStatus['applied'] {
  const exists = client.prepare(`select 1 from sqlite_master where name = 'migrations'`).get()
  if (!exists) return []
  const rows = client.prepare('select name, hash, "when", at from migrations order by step').all() as LedgerRow[]
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

const tables = (client: BetterSqlite.Database) =>
  client
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%migrations'`,
    )
    .pluck()
    .all() as string[]

const rowCounts = (client: BetterSqlite.Database) =>
  new Map(
    tables(client).map((name) => [name, client.prepare(`select count(*) from "${name}"`).pluck().get() as number]),
  )

/** Rows that a step lost without saying so in its file are rows that a rebuild deleted. */
function refuseLostRows(
  before: Map<string, number>,
  after: Map<string, number>,
  { name, mayLoseRows }: Migration,
): void {
  for (const [table, count] of before) {
    const kept = after.get(table) ?? 0
    if (kept < count && !mayLoseRows.includes(table))
      throw new MigrationError(
        `Migration ${name} would delete ${count - kept} of ${count} rows of ${table}. Nothing was changed. If it is meant to, add the line "-- rows may go: ${table}" to its file before it is applied anywhere`,
      )
  }
}

function refuseDanglingReferences(client: BetterSqlite.Database): void {
  const [broken] = client.pragma('foreign_key_check') as { table: string; parent: string }[]
  if (broken)
    throw new MigrationError(
      `The migrations would leave rows of ${broken.table} that point to no row of ${broken.parent}. Nothing was changed`,
    )
}

/** A verified copy beside the file. The caller holds the write lock, so nothing changes meanwhile. */
function copyBeside(file: string, locked: BetterSqlite.Database, next: string): string {
  const stamp = new Date().toISOString().replace(/[-:.]/g, '')
  const copy = `${file}.before-${next}-${stamp}`
  try {
    const reader = connect(file, { readonly: true })
    try {
      makePrivately(copy)
      reader.prepare('vacuum into ?').run(copy)
    } finally {
      reader.close()
    }
    if (!sameContent(copy, locked)) throw new Error('it is not the same as the database')
    return copy
  } catch (error) {
    rmSync(copy, { force: true })
    const why = `The copy ${copy} could not be made before migrating: ${(error as Error).message}. Nothing was migrated`
    throw new MigrationError(why, { cause: error })
  }
}

function sameContent(copy: string, locked: BetterSqlite.Database): boolean {
  const copied = connect(copy, { readonly: true })
  try {
    const intact = copied.pragma('integrity_check', { simple: true }) === 'ok'
    return intact && JSON.stringify([...rowCounts(copied)]) === JSON.stringify([...rowCounts(locked)])
  } finally {
    copied.close()
  }
}

async function beginImmediate(client: BetterSqlite.Database): Promise<void> {
  const deadline = performance.now() + lockLimit
  for (;;) {
    try {
      client.exec('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > deadline)
        throw new UnavailableError(
          `Another process has been writing to the database for ${lockLimit / 1000} s: nothing was migrated`,
        )
      await sleep(20 + Math.random() * 30)
    }
  }
}

function apply(client: BetterSqlite.Database, migration: Migration, step: number): void {
  const before = rowCounts(client)
  for (const statement of migration.statements) {
    try {
      client.exec(statement)
    } catch (error) {
      throw new MigrationError(`Migration ${migration.name} failed: ${(error as Error).message}. Nothing was changed`, {
        cause: error,
      })
    }
  }
  refuseLostRows(before, rowCounts(client), migration)
  const { name, hash, when } = migration
  client.prepare('insert into "__drizzle_migrations" (hash, created_at) values (?, ?)').run(hash, when)
  client
    .prepare('insert into migrations (step, name, hash, "when", at) values (?, ?, ?, ?, ?)')
    .run(step, name, hash, when, Date.now())
}

function migrateLocked(file: string, client: BetterSqlite.Database, files: readonly Migration[]): MigrationReport {
  const done = readLedger(client)
  const pending = pendingMigrations(files, done)
  const [next] = pending
  if (!next) return { applied: [] }
  const copy = done.length ? copyBeside(file, client, next.name) : undefined
  try {
    client.exec(ledgers)
    for (const [index, migration] of pending.entries()) apply(client, migration, done.length + index + 1)
    refuseDanglingReferences(client)
    client.exec('commit')
  } catch (error) {
    // The file stays as it was, and each further try would leave one more copy of it.
    if (copy) rmSync(copy)
    throw error
  }
  return { applied: pending.map(({ name }) => name), ...(copy && { copy }) }
}

export function sqliteRunner(file: string): Runner {
  return {
    async migrate(files) {
      prepareFolder(file)
      const client = await connectPatiently(file)
      try {
        // Has an effect only outside a transaction; a rebuild's DROP TABLE would otherwise delete the child rows.
        client.pragma('foreign_keys = OFF')
        await beginImmediate(client)
        return migrateLocked(file, client, files)
      } finally {
        if (client.inTransaction) client.exec('rollback')
        client.close()
      }
    },
    async applied() {
      if (!existsSync(file) || !statSync(file).size) return []
      const client = connect(file, { readonly: true })
      try {
        return readLedger(client)
      } finally {
        client.close()
      }
    },
  }
}
