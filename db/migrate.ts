/** Each pending step is applied whole or not at all, once, whichever process comes first. */
import { dirname, resolve } from 'node:path'
import { databaseUrl, directUrl, isPostgres, sqliteFile } from './dialect.ts'
import { migrationFiles, pendingMigrations } from './migration-files.ts'
import type { DownReport, MigrationReport, MigrationStatus, Runner, RunOptions } from './migration-run.ts'
import { stepNamed, upTo } from './migration-run.ts'
import type { PlannedStep } from './plan.ts'
import { planOf } from './plan.ts'
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

/** Throws `MigrationError`; the steps before the one that failed stay applied. */
export async function migrate(folder = 'drizzle', { to, ...options }: RunOptions = {}): Promise<MigrationReport> {
  const files = migrationFiles(folder)
  const last = to === undefined ? undefined : stepNamed(files, to)
  return (await runner(folder)).migrate(files, { ...options, to: last })
}

/** Takes the newest steps back. Throws `MigrationError`, before it changes anything, where one can't be. */
export async function migrateDown(folder: string, count: number, options?: RunOptions): Promise<DownReport> {
  return (await runner(folder)).down(migrationFiles(folder), count, options)
}

/** Where it is not, who takes steps back makes a backup first. */
export const isCopiedBefore = async (folder: string): Promise<boolean> => (await runner(folder)).copies

export async function migrationPlan(folder: string, to?: string): Promise<PlannedStep[]> {
  const files = migrationFiles(folder)
  const own = await runner(folder)
  const last = to === undefined ? undefined : stepNamed(files, to)
  const pending = upTo(pendingMigrations(files, await own.applied()), last)
  return planOf(pending, { counts: own.counts, waits: await own.waits(pending, files) })
}

export async function migrationStatus(folder = 'drizzle'): Promise<MigrationStatus> {
  const files = migrationFiles(folder)
  const own = await runner(folder)
  const applied = await own.applied()
  const pending = pendingMigrations(files, applied)
  return {
    applied,
    pending: pending.map(({ name }) => name),
    waits: applied.length ? await own.waits(pending, files) : {},
    filling: await own.filling(),
    unvalidated: await own.unvalidated(files),
  }
}
