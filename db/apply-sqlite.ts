import type BetterSqlite from 'better-sqlite3'
import { runStatement } from './constrain-sqlite.ts'
import { translated, UnavailableError } from './errors.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import type { LedgerRow } from './migration-ledger.ts'
import {
  appliedOf,
  compatibleLedger,
  ledger,
  ledgerQuery,
  ledgerTables,
  noLongerRequired,
  nowRequired,
} from './migration-ledger.ts'
import type { AppliedStep, Tell } from './migration-run.ts'
import { leavesRows, refuseDanglingReferences, refuseLostRows, rowCounts } from './rebuild-sqlite.ts'

type Client = BetterSqlite.Database

const ledgers = `
  create table if not exists "__drizzle_migrations" (id serial primary key, hash text not null, created_at numeric);
  ${ledgerTables('integer', 'integer')}`

const tablesOfLedger = (client: Client) =>
  client
    .prepare('select name from sqlite_schema where name in (?, ?)')
    .pluck()
    .all(ledger, compatibleLedger) as string[]

export function readLedger(client: Client): AppliedStep[] {
  const tables = tablesOfLedger(client)
  if (!tables.length) return []
  return (client.prepare(ledgerQuery(tables)).all() as LedgerRow[]).map(appliedOf)
}

export function makeLedgers(client: Client): void {
  if (tablesOfLedger(client).length < 2) client.exec(ledgers)
}

function run(client: Client, step: string, statements: readonly string[], tell: Tell): void {
  for (const [index, statement] of statements.entries()) {
    const at = { step, number: index + 1, of: statements.length }
    tell({ point: 'statement', ...at })
    try {
      runStatement(client, statement)
    } catch (error) {
      const known = translated(error)
      if (known instanceof UnavailableError) throw known
      throw new MigrationError(`Migration ${step} failed: ${(error as Error).message}. Nothing was changed`, {
        cause: error,
      })
    }
    tell({ point: 'ran', ...at })
  }
}

export function apply(client: Client, migration: Migration, number: number, tell: Tell): void {
  const { name, hash, when, statements, isCompatible } = migration
  const before = leavesRows(statements) ? undefined : rowCounts(client)
  run(client, name, statements, tell)
  if (before) refuseLostRows(before, rowCounts(client), migration)
  client.prepare('insert into "__drizzle_migrations" (hash, created_at) values (?, ?)').run(hash, when)
  if (!isCompatible) for (const statement of nowRequired) client.exec(statement)
  client
    .prepare(
      `insert into ${isCompatible ? compatibleLedger : ledger} (step, name, hash, "when", at) values (?, ?, ?, ?, ?)`,
    )
    .run(number, name, hash, when, Date.now())
  refuseDanglingReferences(client, statements)
}

export function takeBack(
  client: Client,
  { name, hash, down = [] }: Migration,
  compatible: readonly string[],
  tell: Tell,
): void {
  run(client, name, down, tell)
  client.prepare('delete from "__drizzle_migrations" where hash = ?').run(hash)
  for (const table of [ledger, compatibleLedger]) client.prepare(`delete from ${table} where name = ?`).run(name)
  for (const each of compatible) for (const statement of noLongerRequired('?')) client.prepare(statement).run(each)
  refuseDanglingReferences(client, down)
}
