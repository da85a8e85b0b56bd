/** The migrations on disk, and what the ledger of a database must look like beside them. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPostgres } from './dialect.ts'

export interface Migration {
  /** Such as '0003_add_guardians'. */
  name: string
  /** When it was generated, in ms: drizzle-kit's ledger is ordered by it. */
  when: number
  /** SHA-256 of the file, as drizzle-kit computes it. */
  hash: string
  statements: string[]
  /** Tables that the file says may lose rows, in lines such as `-- rows may go: sessions`. */
  mayLoseRows: string[]
}

/** A migration that must not be applied; the message says which and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

interface JournalEntry {
  tag: string
  when: number
}

/** In the order drizzle-kit made them. `folder` is the one that holds `sqlite/` and `postgresql/`. */
export function migrationFiles(folder: string): Migration[] {
  const own = join(folder, isPostgres ? 'postgresql' : 'sqlite')
  const { entries } = JSON.parse(readFileSync(join(own, 'meta/_journal.json'), 'utf8')) as { entries: JournalEntry[] }
  return entries.map(({ tag, when }) => {
    const file = join(own, `${tag}.sql`)
    if (!existsSync(file))
      throw new MigrationError(`Migration ${tag} has no file ${file}: restore it from version control`)
    const content = readFileSync(file, 'utf8')
    return {
      name: tag,
      when,
      hash: createHash('sha256').update(content).digest('hex'),
      statements: content
        .split('--> statement-breakpoint')
        .map((s) => s.trim())
        .filter(Boolean),
      mayLoseRows: [...content.matchAll(/^-- rows may go: (\w+)$/gm)].map(([, table = '']) => table),
    }
  })
}

export interface Applied {
  name: string
  hash: string
  when: number
}

/** The migrations still to apply. Throws when what was applied is not a beginning of what is on disk. */
export function pendingMigrations(files: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const [index, { name, hash }] of applied.entries()) {
    const file = files.find((f) => f.name === name)
    if (!file)
      throw new MigrationError(
        `Migration ${name} was applied to this database, but its file is missing: this database is newer than this version of Homeroom. Start the version that knows it`,
      )
    if (file.hash !== hash)
      throw new MigrationError(
        `Migration ${name} was edited after it was applied: restore its file, and write a new migration for the change`,
      )
    if (files[index] !== file)
      throw new MigrationError(
        `Migration ${files[index]?.name} was added before ${name}, which is applied already: generate it again, so that it comes last`,
      )
  }
  const pending = files.slice(applied.length)
  for (const [index, { name, when }] of files.entries()) {
    const before = files[index - 1]
    if (before && index >= applied.length && when <= before.when)
      throw new MigrationError(
        `Migration ${name} is dated before ${before.name}, which it follows: generate it again, so that it comes last`,
      )
  }
  return pending
}
