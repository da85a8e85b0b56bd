/** SQLite has no statement that adds a reference to a table, so the runner does it. */
import type BetterSqlite from 'better-sqlite3'
import type { AddedConstraint } from './added-constraint.ts'
import { addedConstraint, rowsToMend } from './added-constraint.ts'

const referencesOf = (client: BetterSqlite.Database, table: string) =>
  new Set((client.pragma(`foreign_key_list("${table}")`) as { id: number }[]).map(({ id }) => id)).size

/** sqlite.org/lang_altertable.html describes this ("Making Other Kinds Of Table Schema Changes"): no stored row changes. */
function writeReference(client: BetterSqlite.Database, { table, clause }: AddedConstraint): void {
  const known = referencesOf(client, table)
  const sql = client
    .prepare(`select sql from sqlite_schema where type = 'table' and name = ?`)
    .pluck()
    .get(table) as string
  if (!sql?.endsWith(')')) throw new Error(`the definition of ${table} does not end with its columns and constraints`)
  const version = client.pragma('schema_version', { simple: true }) as number
  client.unsafeMode(true)
  try {
    client.pragma('writable_schema = ON')
    client
      .prepare(`update sqlite_schema set sql = ? where type = 'table' and name = ?`)
      .run(`${sql.slice(0, -1)}, ${clause})`, table)
    // A new schema version makes every connection read the definition again.
    client.pragma(`schema_version = ${version + 1}`)
    client.pragma('writable_schema = RESET')
  } finally {
    client.unsafeMode(false)
  }
  if (referencesOf(client, table) !== known + 1) throw new Error(`SQLite does not see the reference of ${table}`)
}

export function runStatement(client: BetterSqlite.Database, statement: string): void {
  const added = addedConstraint(statement)
  const refuseBroken = () => {
    if (added && client.prepare(`${added.breaking} limit 1`).get()) throw new Error(rowsToMend(added))
  }
  if (added?.isReference) {
    refuseBroken()
    writeReference(client, added)
    return
  }
  try {
    client.exec(statement)
  } catch (error) {
    refuseBroken()
    throw error
  }
}
