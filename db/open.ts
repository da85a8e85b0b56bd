import type { Database } from './database.ts'
import { databaseUrl, isPostgres, pool, sqliteFile } from './dialect.ts'

/** Opens the database that DATABASE_URL names. */
export async function open(): Promise<Database> {
  if (isPostgres) return (await import('./postgres/database.ts')).openPostgres(databaseUrl, pool)
  return (await import('./sqlite.ts')).openSqlite(sqliteFile)
}
