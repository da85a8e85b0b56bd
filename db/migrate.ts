/** Applies drizzle/<dialect>: all that is pending or nothing, once, whichever process comes first. */
import { directUrl, isPostgres, sqliteFile } from './dialect.ts'
import type { Applied, Migration } from './migration-files.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'

export interface MigrationReport {
  applied: string[]
  /** Where the copy of a SQLite file that held data lies; none when nothing was copied. */
  copy?: string
  /** For each constraint of which PostgreSQL could not look at the rows from before: why, and what to do. */
  unvalidated?: string[]
}
export interface MigrationStatus {
  applied: (Applied & { at: Date })[]
  pending: string[]
  /** Constraints, as `table.name`, of which the rows from before are still to be looked at. */
  unvalidated: string[]
}

/** What each database's runner does; the same words for both. */
export interface Runner {
  migrate(files: readonly Migration[]): Promise<MigrationReport>
  applied(): Promise<MigrationStatus['applied']>
  unvalidated(files: readonly Migration[]): Promise<string[]>
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
  const own = await runner()
  const applied = await own.applied()
  const pending = pendingMigrations(files, applied).map(({ name }) => name)
  return { applied, pending, unvalidated: await own.unvalidated(files) }
}
