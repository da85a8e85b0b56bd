/** Applies drizzle/<dialect>: all that is pending or nothing, once, whichever process comes first. */
import { directUrl, isPostgres, sqliteFile } from './dialect.ts'
import type { Applied, Migration } from './migration-files.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'

export interface MigrationReport {
  applied: string[]
  /** Where the copy of a SQLite file that held data lies; none when nothing was copied. */
  copy?: string
}
export interface MigrationStatus {
  applied: (Applied & { at: Date })[]
  pending: string[]
}

/** What each database's runner does; the same words for both. */
export interface Runner {
  migrate(files: readonly Migration[]): Promise<MigrationReport>
  applied(): Promise<MigrationStatus['applied']>
}

const runner = async (): Promise<Runner> =>
  isPostgres
    ? (await import('./migrate-postgres.ts')).postgresRunner(directUrl)
    : (await import('./migrate-sqlite.ts')).sqliteRunner(sqliteFile)

/** Brings the database up to `folder`. Throws `MigrationError` and changes nothing when it can't. */
export async function migrate(folder = 'drizzle'): Promise<MigrationReport> {
  return (await runner()).migrate(migrationFiles(folder))
}

/** What is applied and what is pending; throws `MigrationError` when the two don't fit. */
export async function migrationStatus(folder = 'drizzle'): Promise<MigrationStatus> {
  const files = migrationFiles(folder)
  const applied = await (await runner()).applied()
  return { applied, pending: pendingMigrations(files, applied).map(({ name }) => name) }
}
