/** Applies drizzle/<dialect>: all that is pending or nothing, once, whichever process comes first. */
import { directUrl, isPostgres, sqliteFile } from './dialect.ts'
import type { MigrationReport, MigrationStatus, Runner } from './migration-files.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'

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
