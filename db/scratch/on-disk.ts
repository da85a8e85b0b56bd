/** What does not fit into memory lies in SQLite's own temporary file, which ends with the process. */
import type BetterSqlite from 'better-sqlite3'
import { UnavailableError } from '../errors.ts'
import { Sqlite } from '../sqlite-driver.ts'

const cacheKiB = 16_384
/** Rows are put in twice as fast as on SQLite's usual pages of 4 KiB. */
const pageBytes = 16_384

export const temporaryFull = 'the folder for temporary files (TMPDIR) is full or may not be written'
const diskError = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/

/** To read a page, SQLite may have to write another one out. */
export function onDisk<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!diskError.test((error as { code?: string }).code ?? '')) throw error
    throw new UnavailableError(temporaryFull, { trouble: 'full', cause: error })
  }
}

export function temporaryDatabase(): BetterSqlite.Database {
  const client = new Sqlite('')
  client.pragma(`page_size = ${pageBytes}`)
  client.pragma('journal_mode = OFF')
  client.pragma('synchronous = OFF')
  client.pragma(`cache_size = -${cacheKiB}`)
  client.exec('begin')
  return client
}
