/** SQLite has no statement that adds a reference to a table or drops one, so the runner does it. */
import type BetterSqlite from 'better-sqlite3'
import type { AddedConstraint } from './added-constraint.ts'
import { addedConstraint, rowsToMend } from './added-constraint.ts'

const referencesOf = (client: BetterSqlite.Database, table: string) =>
  new Set((client.pragma(`foreign_key_list("${table}")`) as { id: number }[]).map(({ id }) => id)).size

/** sqlite.org/lang_altertable.html describes this ("Making Other Kinds Of Table Schema Changes"): no stored row changes. */
function rewrite(client: BetterSqlite.Database, table: string, edit: (sql: string) => string, added: 1 | -1): void {
  const known = referencesOf(client, table)
  const sql = client
    .prepare(`select sql from sqlite_schema where type = 'table' and name = ?`)
    .pluck()
    .get(table) as string
  const version = client.pragma('schema_version', { simple: true }) as number
  client.unsafeMode(true)
  try {
    client.pragma('writable_schema = ON')
    client.prepare(`update sqlite_schema set sql = ? where type = 'table' and name = ?`).run(edit(sql), table)
    // A new schema version makes every connection read the definition again.
    client.pragma(`schema_version = ${version + 1}`)
    client.pragma('writable_schema = RESET')
  } finally {
    client.unsafeMode(false)
  }
  if (referencesOf(client, table) !== known + added)
    throw new Error(`SQLite does not see the references of ${table} as they are now`)
}

function writeReference(client: BetterSqlite.Database, { table, clause }: AddedConstraint): void {
  const withClause = (sql: string) => {
    if (!sql?.endsWith(')')) throw new Error(`the definition of ${table} does not end with its columns and constraints`)
    return `${sql.slice(0, -1)}, ${clause})`
  }
  rewrite(client, table, withClause, 1)
}

function dropReference(client: BetterSqlite.Database, statement: string): boolean {
  const [, table = '', name] = /^ALTER TABLE [`"]?(\w+)[`"]? DROP CONSTRAINT [`"]?(\w+)[`"]?;?$/i.exec(statement) ?? []
  if (!name) return false
  const clause = new RegExp(
    `,\\s*CONSTRAINT [\`"]?${name}[\`"]? FOREIGN KEY ?\\([^)]*\\) REFERENCES [\`"]?\\w+[\`"]? ?\\([^)]*\\)(?: ON (?:UPDATE|DELETE) (?:NO ACTION|RESTRICT|CASCADE|SET NULL|SET DEFAULT))*`,
    'i',
  )
  const definition = `select sql from sqlite_schema where type = 'table' and name = ?`
  const sql = client.prepare(definition).pluck().get(table) as string | undefined
  if (!sql || !clause.test(sql)) return false
  rewrite(client, table, (text) => text.replace(clause, ''), -1)
  return true
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
  if (dropReference(client, statement)) return
  try {
    client.exec(statement)
  } catch (error) {
    refuseBroken()
    throw error
  }
}
