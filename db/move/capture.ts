/** Triggers note the key of every row that changes while the register is copied. The same set is the fence: a state puts it up. */
import type BetterSqlite from 'better-sqlite3'
import { dropOwnTables, fenceText, makeOwnTables, refuseMoving } from './moved.ts'
import { tablesIn } from './source.ts'
import type { MovedTable } from './tables.ts'
import { keyNames, longestKey, movedTables, quoted } from './tables.ts'

const prefix = 'move_'
const verbs = ['insert', 'update', 'delete'] as const

interface Trigger {
  name: string
  sql: string
}
const trigger = (name: string, rest: string): Trigger => ({ name, sql: `CREATE TRIGGER ${quoted(name)} ${rest}` })

/** Before anything else, so that no other refusal of a file that is left hides it. */
const fencesOf = (table: string): Trigger[] =>
  verbs.map((verb) =>
    trigger(
      `${prefix}fence_${table}_${verb}`,
      `before ${verb} on ${quoted(table)} when (select state from move) <> 'copying' begin select raise(abort, '${fenceText}'); end`,
    ),
  )

const note = ({ name, key }: MovedTable, row: 'new' | 'old', where = ''): string => {
  const names = key.map((column) => `${row}.${quoted(column.name)}`)
  return `insert into move_log (name, ${keyNames(key.length)}) select '${name}', ${names.join(', ')}${where};`
}
const isOther = ({ key }: MovedTable): string =>
  key.map(({ name }) => `old.${quoted(name)} is not new.${quoted(name)}`).join(' or ')

const notesOf = (table: MovedTable): Trigger[] => {
  const after = (verb: string, notes: string) =>
    trigger(`${prefix}note_${table.name}_${verb}`, `after ${verb} on ${quoted(table.name)} begin ${notes} end`)
  return [
    after('insert', note(table, 'new')),
    after('update', `${note(table, 'new')} ${note(table, 'old', ` where ${isOther(table)}`)}`),
    after('delete', note(table, 'old')),
  ]
}

const triggersFor = (client: BetterSqlite.Database): Trigger[] => [
  ...tablesIn(client).flatMap(fencesOf),
  ...movedTables.flatMap(notesOf),
]

export function beginCapture(client: BetterSqlite.Database, move: { id: string; target: string }): void {
  refuseMoving(client, 'Another move')
  const triggers = triggersFor(client)
  makeOwnTables(client, move, keyNames(longestKey))
  for (const { sql } of triggers) client.exec(sql)
}

/** In one transaction: the file is as it was before the move, but for what people have changed. */
export function endCapture(client: BetterSqlite.Database): void {
  const names = client
    .prepare(`select name from sqlite_schema where type = 'trigger' and (name glob ? or name glob ?)`)
    .pluck()
    .all(`${prefix}fence_*`, `${prefix}note_*`)
  for (const name of names as string[]) client.exec(`drop trigger ${quoted(name)}`)
  dropOwnTables(client)
}

/** Throws a sentence where a change could have gone by unnoticed. */
export function requireCaptured(client: BetterSqlite.Database): void {
  const there = client.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all() as Trigger[]
  const known = new Map(there.map(({ name, sql }) => [name, sql]))
  const missing = triggersFor(client).find(({ name, sql }) => known.get(name) !== sql)
  if (missing)
    throw new Error(
      `Somebody has changed the file's trigger ${missing.name}, so that what people did since may not have been noted. The register stays with the file: run npx homeroom move stop, and begin again`,
    )
}
