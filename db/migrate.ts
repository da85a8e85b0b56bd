/** All pending steps are applied or none, once, whichever process comes first. */
import { dirname, resolve } from 'node:path'
import { databaseUrl, directUrl, isPostgres, sqliteFile } from './dialect.ts'
import type { MigrationReport, MigrationStatus, Runner } from './migration-files.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'
import { isRelative } from './sqlite-path.ts'

async function runner(folder: string): Promise<Runner> {
  if (isPostgres) return (await import('./migrate-postgres.ts')).postgresRunner(directUrl)
  const project = dirname(resolve(folder))
  return (await import('./migrate-sqlite.ts')).sqliteRunner({
    file: sqliteFile,
    project,
    isRelative: isRelative(databaseUrl),
  })
}

/** Throws `MigrationError` and changes nothing when it cannot apply all. */
export async function migrate(folder = 'drizzle'): Promise<MigrationReport> {
  return (await runner(folder)).migrate(migrationFiles(folder))
}

/** Throws `MigrationError` when the applied steps do not match the files. */
export async function migrationStatus(folder = 'drizzle'): Promise<MigrationStatus> {
  const files = migrationFiles(folder)
  const own = await runner(folder)
  const applied = await own.applied()
  const pending = pendingMigrations(files, applied).map(({ name }) => name)
  return { applied, pending, unvalidated: await own.unvalidated(files) }
}
