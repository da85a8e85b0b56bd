/** Which register moves, and where to: as the environment says. */
import { sqliteKeeper } from '../backups/sqlite.ts'
import { isPostgres, moveTargetUrl, sqliteFile } from '../dialect.ts'

export interface Movable {
  file: string
  /** MOVE_TARGET_URL. */
  url: string | undefined
  /** Copies the register as it is at one moment, also while it is served. */
  copyTo(file: string): Promise<unknown>
}

/** Throws a sentence where the register is on PostgreSQL already. */
export function movable(): Movable {
  if (isPostgres)
    throw new Error('This register is on PostgreSQL already: DATABASE_URL must name the file that is to move')
  return { file: sqliteFile, url: moveTargetUrl, copyTo: (file) => sqliteKeeper().copyTo(file) }
}
