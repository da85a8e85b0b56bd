import { existsSync } from 'node:fs'
import type BetterSqlite from 'better-sqlite3'
import { sqliteKeeper } from '../backups/sqlite.ts'
import { isPostgres, moveTargetUrl, sqliteFile } from '../dialect.ts'
import { connectToRead } from '../sqlite-file.ts'
import { movedSentence, moveOf, refuseMoving } from './moved.ts'

export interface Movable {
  file: string
  url: string | undefined
  copyTo(file: string): Promise<unknown>
}

function looking<T>(look: (client: BetterSqlite.Database) => T): T | undefined {
  if (isPostgres || !existsSync(sqliteFile)) return undefined
  const client = connectToRead(sqliteFile)
  try {
    return look(client)
  } finally {
    client.close()
  }
}

export const leftSentence = (): string | undefined => looking(movedSentence)
/** PostgreSQL is the register, and this process still serves the file. */
export const hasLeft = (): boolean => looking((client) => moveOf(client)?.state === 'moved') ?? false
export const isMoving = (): boolean => looking((client) => moveOf(client) !== undefined) ?? false
export const requireStaying = (what: string): void => looking((client) => refuseMoving(client, what))

export function movable(): Movable {
  if (isPostgres)
    throw new Error('This register is on PostgreSQL already: DATABASE_URL must name the file that is to move')
  return { file: sqliteFile, url: moveTargetUrl, copyTo: (file) => sqliteKeeper().copyTo(file) }
}
