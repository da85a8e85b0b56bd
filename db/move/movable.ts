/** Which register moves, and where to: as the environment says. */
import { existsSync } from 'node:fs'
import { sqliteKeeper } from '../backups/sqlite.ts'
import { isPostgres, moveTargetUrl, sqliteFile } from '../dialect.ts'
import { connectToRead } from '../sqlite-file.ts'
import { movedSentence } from './moved.ts'

export interface Movable {
  file: string
  /** MOVE_TARGET_URL. */
  url: string | undefined
  /** Copies the register as it is at one moment, also while it is served. */
  copyTo(file: string): Promise<unknown>
}

/** What to say beside an answer from the file, where the register has left it. */
export function leftSentence(): string | undefined {
  if (isPostgres || !existsSync(sqliteFile)) return undefined
  const client = connectToRead(sqliteFile)
  try {
    return movedSentence(client)
  } finally {
    client.close()
  }
}

/** Throws a sentence where the register is on PostgreSQL already. */
export function movable(): Movable {
  if (isPostgres)
    throw new Error('This register is on PostgreSQL already: DATABASE_URL must name the file that is to move')
  return { file: sqliteFile, url: moveTargetUrl, copyTo: (file) => sqliteKeeper().copyTo(file) }
}
