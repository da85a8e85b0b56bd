/** A step that rebuilds a table or changes rows can lose some, so the copy and these checks are for such steps. */
import type BetterSqlite from 'better-sqlite3'
import { placeAfter } from './kept-values.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'

const addition =
  /^(CREATE TABLE(?! [`"]?__new_)|CREATE (UNIQUE )?INDEX|DROP INDEX|ALTER TABLE [`"]?\w+[`"]? (ADD|DROP CONSTRAINT)|PRAGMA foreign_keys)\b/i

const namedBy = (form: RegExp, statements: readonly string[]) =>
  statements.flatMap((statement) => form.exec(statement)?.[1] ?? [])
const madeBy = (statements: readonly string[]) => namedBy(/^CREATE TABLE [`"]?(\w+)/i, statements)
const filledBy = (statements: readonly string[]) => namedBy(/^INSERT INTO [`"]?(\w+)/i, statements)

export function leavesRows(statements: readonly string[]): boolean {
  const made = madeBy(statements)
  const isFilling = (statement: string) => made.includes(/^INSERT INTO [`"]?(\w+)/i.exec(statement)?.[1] ?? '')
  return statements.every((statement) => {
    const isOne = !statement.replace(/;\s*$/, '').includes(';')
    return isOne && (addition.test(statement) || isFilling(statement))
  })
}

type RowCounts = Map<string, number>

function countsOf(client: BetterSqlite.Database, table: string): [string, number][] {
  const columns = client.prepare('select name from pragma_table_xinfo(?)').pluck().all(table) as string[]
  const counts = ['*', ...columns.map((column) => `"${column}"`)].map((what) => `count(${what})`)
  const found = client.prepare(`select ${counts} from "${table}"`).raw().get() as number[]
  return [table, ...columns.map((column) => `${table}.${column}`)].map((what, index) => [what, found[index] ?? 0])
}

export function rowCounts(client: BetterSqlite.Database): RowCounts {
  const tables = client
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%migrations'`,
    )
    .pluck()
    .all() as string[]
  return new Map(tables.flatMap((table) => countsOf(client, table)))
}

/** Throws when rows or values are gone although the step's file does not say that they may. */
export function refuseLostRows(before: RowCounts, after: RowCounts, migration: Migration): void {
  const { name, statements, mayLoseRows, mayLoseValues = [] } = migration
  for (const [what, count] of before) {
    const [table = '', column] = what.split('.')
    const lost = count - (after.get(placeAfter(what, statements)) ?? 0)
    if (lost <= 0 || mayLoseRows.includes(table) || mayLoseValues.includes(what)) continue
    const loss = column ? `empty ${lost} of ${count} values of ${what}` : `delete ${lost} of ${count} rows of ${table}`
    throw new MigrationError(
      `Migration ${name} would ${loss}. Nothing was changed. If it is meant to, add the line "-- ${column ? 'values' : 'rows'} may go: ${what}" to its file before it is applied anywhere`,
    )
  }
}

export function refuseDanglingReferences(client: BetterSqlite.Database, statements: readonly string[]): void {
  const looks = leavesRows(statements)
    ? filledBy(statements).map((table) => `foreign_key_check("${table}")`)
    : ['foreign_key_check']
  for (const look of looks) {
    const [broken] = client.pragma(look) as { table: string; parent: string }[]
    if (broken)
      throw new MigrationError(
        `The migration would leave rows of ${broken.table} that point to no row of ${broken.parent}. Nothing was changed`,
      )
  }
}
