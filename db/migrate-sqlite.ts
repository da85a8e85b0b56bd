import { existsSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { runStatement } from './constrain-sqlite.ts'
import { isBusy, translated, UnavailableError } from './errors.ts'
import type { Migration, MigrationReport, MigrationStatus, Runner } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import type { LedgerRow } from './migration-ledger.ts'
import { appliedOf, compatibleLedger, ledger, ledgerQuery, ledgerTables, nowRequired } from './migration-ledger.ts'
import { madeSentence, refuseElsewhere } from './new-register.ts'
import { copyBeside, leavesRows, refuseDanglingReferences, refuseLostRows, rowCounts } from './rebuild-sqlite.ts'
import { namedIn } from './sqlite-access.ts'
import { connect, connectPatiently, prepareFolder } from './sqlite-file.ts'

const lockLimit = 60_000

const ledgers = `
  create table if not exists "__drizzle_migrations" (id serial primary key, hash text not null, created_at numeric);
  ${ledgerTables('integer', 'integer')}`

const tablesOfLedger = (client: BetterSqlite.Database) =>
  client
    .prepare('select name from sqlite_schema where name in (?, ?)')
    .pluck()
    .all(ledger, compatibleLedger) as string[]

function readLedger(client: BetterSqlite.Database): MigrationStatus['applied'] {
  const tables = tablesOfLedger(client)
  if (!tables.length) return []
  return (client.prepare(ledgerQuery(tables)).all() as LedgerRow[]).map(appliedOf)
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

function run(client: BetterSqlite.Database, { name, statements }: Migration): void {
  for (const statement of statements) {
    try {
      runStatement(client, statement)
    } catch (error) {
      const known = translated(error)
      if (known instanceof UnavailableError) throw known
      throw new MigrationError(`Migration ${name} failed: ${(error as Error).message}. Nothing was changed`, {
        cause: error,
      })
    }
  }
}

function apply(client: BetterSqlite.Database, migration: Migration, step: number): void {
  const before = leavesRows(migration) ? undefined : rowCounts(client)
  run(client, migration)
  if (before) refuseLostRows(before, rowCounts(client), migration)
  const { name, hash, when, isCompatible } = migration
  client.prepare('insert into "__drizzle_migrations" (hash, created_at) values (?, ?)').run(hash, when)
  if (!isCompatible) for (const statement of nowRequired) client.exec(statement)
  client
    .prepare(
      `insert into ${isCompatible ? compatibleLedger : ledger} (step, name, hash, "when", at) values (?, ?, ?, ?, ?)`,
    )
    .run(step, name, hash, when, Date.now())
}

interface Place {
  file: string
  /** The folder of this Homeroom, where a register may lie already. */
  project: string
  isRelative: boolean
}

function migrateLocked(
  { file, project }: Place,
  client: BetterSqlite.Database,
  files: readonly Migration[],
): MigrationReport {
  const done = readLedger(client)
  const pending = pendingMigrations(files, done)
  const [next] = pending
  const copy = next && done.length && !pending.every(leavesRows) ? copyBeside(file, client, next.name) : undefined
  try {
    if (tablesOfLedger(client).length < 2) client.exec(ledgers)
    for (const [index, migration] of pending.entries()) apply(client, migration, done.length + index + 1)
    refuseDanglingReferences(client, pending)
    client.exec('commit')
  } catch (error) {
    // The file is unchanged, and each further try would leave one more copy of it.
    if (copy) rmSync(copy)
    throw error
  }
  const applied = pending.map(({ name }) => name)
  return { applied, ...(copy && { copy }), ...(!done.length && { made: madeSentence(file, project) }) }
}

export function sqliteRunner(place: Place): Runner {
  const { file, project, isRelative } = place
  return {
    async migrate(files) {
      if (isRelative) refuseElsewhere(file, project)
      prepareFolder(file)
      const client = await connectPatiently(file)
      try {
        // The pragma works only outside a transaction; with keys on, a rebuild's DROP TABLE would delete the child rows.
        client.pragma('foreign_keys = OFF')
        await beginImmediate(client)
        return migrateLocked(place, client, files)
      } catch (error) {
        throw error instanceof MigrationError ? error : namedIn(file, translated(error))
      } finally {
        if (client.inTransaction) client.exec('rollback')
        client.close()
      }
    },
    async applied() {
      if (isRelative) refuseElsewhere(file, project)
      if (!existsSync(file) || !statSync(file).size) return []
      const client = connect(file, { readonly: true })
      try {
        return readLedger(client)
      } finally {
        client.close()
      }
    },
    // A step on SQLite holds for every row, or is not applied.
    unvalidated: async () => [],
  }
}
