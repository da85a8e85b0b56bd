import { isPostgres, sqliteFile } from '../dialect.ts'
import { realPath } from '../sqlite-access.ts'
import type { Keeper } from './keeper.ts'
import type { LogTail } from './log-tail.ts'

export const openKeeper = async (): Promise<Keeper> =>
  isPostgres ? (await import('./postgres.ts')).postgresKeeper() : (await import('./sqlite.ts')).sqliteKeeper()

export const canStream = !isPostgres

export const takeStreamLock = async () => (await import('./stream-lock.ts')).takeStreamLock()

export async function isStreamed(): Promise<boolean> {
  const unlock = await takeStreamLock()
  unlock?.()
  return unlock === undefined
}

export async function openTail(): Promise<LogTail> {
  const { LogTail } = await import('./log-tail.ts')
  return new LogTail(realPath(sqliteFile))
}
