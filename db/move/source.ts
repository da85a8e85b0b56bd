/** The SQLite file that a register leaves. From the fence on nobody writes to it, whichever program or version it is. */
import type BetterSqlite from 'better-sqlite3'
import { lockAlone } from '../backups/swap-sqlite.ts'
import { canonicalJson } from '../carried.ts'
import { Sqlite } from '../sqlite-driver.ts'
import { canonical } from './canonical-json.ts'
import type { SourceState } from './moved.ts'
import { changeState, dropOwnTables, fenceText, isOfMove, makeOwnTables, refuseMoved } from './moved.ts'
import { longestKey, quoted } from './tables.ts'

const fenceName = (table: string, verb: string) => `move_fence_${table}_${verb}`
const verbs = ['insert', 'update', 'delete'] as const

export function openSource(file: string): BetterSqlite.Database {
  const client = new Sqlite(file, { readonly: true, timeout: 5_000 })
  client.function(canonicalJson, { deterministic: true }, (text) =>
    text === null ? null : canonical(JSON.parse(text as string)),
  )
  return client
}

export const tablesIn = (client: BetterSqlite.Database): string[] =>
  client
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and sql not like 'create virtual%' order by name`,
    )
    .pluck()
    .all()
    .filter((name) => !isOfMove(name as string)) as string[]

function exclusively<T>(file: string, work: (client: BetterSqlite.Database) => T): T {
  const client = lockAlone(file)
  if (!client) throw new Error(`SQLite can't read ${file}: npx homeroom backup verify says what is wrong with it`)
  try {
    const result = work(client)
    client.exec('commit')
    return result
  } finally {
    client.close()
  }
}

/** Throws while anybody has the file open. */
export function fence(file: string, move: { id: string; target: string }): void {
  exclusively(file, (client) => {
    refuseMoved(client)
    for (const table of tablesIn(client))
      for (const verb of verbs)
        client.exec(
          `create trigger ${quoted(fenceName(table, verb))} before ${verb} on ${quoted(table)} begin select raise(abort, '${fenceText}'); end`,
        )
    makeOwnTables(client, move, longestKey)
    changeState(client, { from: 'copying', to: 'moving', fence: null })
  })
}

export function unfence(file: string): void {
  exclusively(file, (client) => {
    dropOwnTables(client)
    for (const table of tablesIn(client))
      for (const verb of verbs) client.exec(`drop trigger if exists ${quoted(fenceName(table, verb))}`)
  })
}

export function mark(file: string, state: SourceState): void {
  exclusively(file, (client) => client.prepare('update move set state = ?').run(state))
}

/** A short look at the file, or a change to it beside whoever serves it, that outlasts a loss of power. */
export function inSource<T>(
  file: string,
  work: (client: BetterSqlite.Database) => T,
  access: 'read' | 'write' = 'read',
): T {
  const client = new Sqlite(file, { readonly: access === 'read', fileMustExist: true, timeout: 5_000 })
  try {
    client.pragma('synchronous = FULL')
    return client.transaction(work)[access === 'read' ? 'deferred' : 'immediate'](client)
  } finally {
    client.close()
  }
}
