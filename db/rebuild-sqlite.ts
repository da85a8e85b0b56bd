/** A step that rebuilds a table or changes rows can lose some, so the copy and these checks are for such steps. */
import { rmSync } from 'node:fs'
import type BetterSqlite from 'better-sqlite3'
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import { connect, makePrivately } from './sqlite-file.ts'

const addition =
  /^(CREATE TABLE(?! [`"]?__new_)|CREATE (UNIQUE )?INDEX|DROP INDEX|ALTER TABLE [`"]?\w+[`"]? (ADD|DROP CONSTRAINT)|PRAGMA foreign_keys)\b/i

const namedBy = (form: RegExp, statements: readonly string[]) =>
  statements.flatMap((statement) => form.exec(statement)?.[1] ?? [])
const madeBy = ({ statements }: Migration) => namedBy(/^CREATE TABLE [`"]?(\w+)/i, statements)
const filledBy = ({ statements }: Migration) => namedBy(/^INSERT INTO [`"]?(\w+)/i, statements)

export function leavesRows(migration: Migration): boolean {
  const made = madeBy(migration)
  const isFilling = (statement: string) => made.includes(/^INSERT INTO [`"]?(\w+)/i.exec(statement)?.[1] ?? '')
  return migration.statements.every((statement) => {
    const isOne = !statement.replace(/;\s*$/, '').includes(';')
    return isOne && (addition.test(statement) || isFilling(statement))
  })
}

type RowCounts = Map<string, number>

export function rowCounts(client: BetterSqlite.Database): RowCounts {
  const tables = client
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%migrations'`,
    )
    .pluck()
    .all() as string[]
  return new Map(tables.map((name) => [name, client.prepare(`select count(*) from "${name}"`).pluck().get() as number]))
}

function renamesOf({ statements }: Migration): Map<string, string> {
  const form = /^ALTER TABLE [`"]?(\w+)[`"]? RENAME TO [`"]?(\w+)/i
  return new Map(
    statements.flatMap((statement) => {
      const [, from, to] = form.exec(statement) ?? []
      return from && to ? [[from, to]] : []
    }),
  )
}

/** A row that is gone although the step's file does not say so was deleted by a rebuild. */
export function refuseLostRows(before: RowCounts, after: RowCounts, migration: Migration): void {
  const { name, mayLoseRows } = migration
  const renames = renamesOf(migration)
  for (const [table, count] of before) {
    const kept = after.get(renames.get(table) ?? table) ?? 0
    if (kept < count && !mayLoseRows.includes(table))
      throw new MigrationError(
        `Migration ${name} would delete ${count - kept} of ${count} rows of ${table}. Nothing was changed. If it is meant to, add the line "-- rows may go: ${table}" to its file before it is applied anywhere`,
      )
  }
}

export function refuseDanglingReferences(client: BetterSqlite.Database, steps: readonly Migration[]): void {
  const whole = !steps.every(leavesRows)
  const looks = whole ? ['foreign_key_check'] : steps.flatMap(filledBy).map((table) => `foreign_key_check("${table}")`)
  for (const look of looks) {
    const [broken] = client.pragma(look) as { table: string; parent: string }[]
    if (broken)
      throw new MigrationError(
        `The migrations would leave rows of ${broken.table} that point to no row of ${broken.parent}. Nothing was changed`,
      )
  }
}

export function copyBeside(file: string, locked: BetterSqlite.Database, next: string): string {
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
