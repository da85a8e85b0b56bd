import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { canonicalJson } from '../carried.ts'
import { isBusy } from '../errors.ts'
import { Sqlite } from '../sqlite-driver.ts'
import { canonical } from './canonical-json.ts'
import { isOfMove } from './moved.ts'

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

/** A change outlasts a loss of power: whoever reads a state acts on it. `timeout`, in ms, is for others' writes. */
export function openToMark(file: string, timeout = 5_000): BetterSqlite.Database {
  const client = new Sqlite(file, { fileMustExist: true, timeout })
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  return client
}

const longestWrite = 120_000

/** One short transaction, beside whoever serves the file. A write waits for others for `timeout` ms. */
export function inSource<T>(
  file: string,
  work: (client: BetterSqlite.Database) => T,
  access: 'read' | 'write' = 'read',
  timeout = longestWrite,
): T {
  const client = access === 'read' ? openSource(file) : openToMark(file, timeout)
  try {
    return client.transaction(work)[access === 'read' ? 'deferred' : 'immediate'](client)
  } finally {
    client.close()
  }
}

/** In ms. SQLite itself has waited before. */
const askedEvery = 100

export const heldSentence = 'Another write holds the file: waiting until it has ended'

/** `work` is done once no other write holds the file, however long that takes; `held` is called each time one does, and may throw. */
export async function inTurn<T>(work: () => T | Promise<T>, held: () => void = () => {}): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    held()
    await sleep(askedEvery)
  }
}
