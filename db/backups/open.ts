import { isPostgres } from '../dialect.ts'
import type { Keeper } from './keeper.ts'

export const openKeeper = async (): Promise<Keeper> =>
  isPostgres ? (await import('./postgres.ts')).postgresKeeper() : (await import('./sqlite.ts')).sqliteKeeper()
