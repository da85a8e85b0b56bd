/** All pending steps are applied or none, once, whichever process comes first. */
import { directUrl, isPostgres, sqliteFile } from './dialect.ts'
import type { MigrationReport, MigrationStatus, Runner } from './migration-files.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'

const runner = async (): Promise<Runner> =>
  isPostgres
    ? (await import('./migrate-postgres.ts')).postgresRunner(directUrl)
    : (await import('./migrate-sqlite.ts')).sqliteRunner(sqliteFile)

/** Throws `MigrationError` and changes nothing when it cannot apply all. */
export async function migrate(folder = 'drizzle'): Promise<MigrationReport> {
  return (await runner()).migrate(migrationFiles(folder))
}

/** Throws `MigrationError` when the applied steps do not match the files. */
export async function migrationStatus(folder = 'drizzle'): Promise<MigrationStatus> {
  const files = migrationFiles(folder)
  const own = await runner()
  const applied = await own.applied()
  const pending = pendingMigrations(files, applied).map(({ name }) => name)
  return { applied, pending, unvalidated: await own.unvalidated(files) }
}
