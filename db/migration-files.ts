import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addedConstraint, rowsToMend } from './added-constraint.ts'
import { isPostgres } from './dialect.ts'

export interface Migration {
  name: string
  /** drizzle-kit orders its ledger by this instant of generation, in ms. */
  when: number
  hash: string
  statements: string[]
  validations: Validation[]
  isCompatible: boolean
  /** The file names such tables in lines like `-- rows may go: sessions`. */
  mayLoseRows: string[]
  /** In lines like `-- values may go: students.grade_level`. */
  mayLoseValues?: string[]
  /** PostgreSQL runs each of its statements by itself: the file has the line `-- no-transaction`. */
  isBare?: boolean
  /** These are done before it is applied: the file has lines like `-- after backfill: student_house`. */
  afterBackfills?: string[]
  /** No server serves that does not know this step: `-- needs servers from: 0025_add_house`. */
  serversFrom?: string | undefined
  /** Why it can't be taken back: the file has a line like `-- irreversible: the old column is gone`. */
  irreversible?: string | undefined
  down?: string[] | undefined
}

export interface Validation {
  table: string
  constraint: string
  advice: string
}

export class MigrationError extends Error {
  override name = 'MigrationError'
}

const validation = /^ALTER TABLE "(\w+)" VALIDATE CONSTRAINT "(\w+)";?$/i

/** drizzle-kit writes this schema before each table that is referred to, but the search_path says where a register lies. */
const anySchema = (statement: string) => statement.replaceAll('"public".', '')

const statementsOf = (content: string): string[] =>
  content
    .split('--> statement-breakpoint')
    .map((part) => anySchema(part.trim().replace(/^(--.*(\n|$)\s*)+/, '')))
    .filter(Boolean)

function partsOf(content: string): Pick<Migration, 'statements' | 'validations'> {
  const all = statementsOf(content)
  const added = all.flatMap((statement) => addedConstraint(statement) ?? [])
  const validations = all.flatMap((statement): Validation[] => {
    const [found, table = '', constraint = ''] = validation.exec(statement) ?? []
    if (!found) return []
    const known = added.find((each) => each.table === table && each.name === constraint)
    const advice = known ? rowsToMend(known) : `rows of ${table} break the constraint ${constraint}`
    return [{ table, constraint, advice }]
  })
  return { statements: all.filter((statement) => !validation.test(statement)), validations }
}

interface JournalEntry {
  tag: string
  when: number
}

/** Line ends of another system do not make another step. */
const read = (file: string) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n')

const downOf = (up: string): string[] | undefined => {
  const file = up.replace(/\.sql$/, '.down.sql')
  return existsSync(file) ? statementsOf(read(file)) : undefined
}

/** `folder` is the one that holds `sqlite/` and `postgresql/`, of which this process serves one. */
export function migrationFiles(folder: string, database = isPostgres ? 'postgresql' : 'sqlite'): Migration[] {
  const own = join(folder, database)
  const { entries } = JSON.parse(readFileSync(join(own, 'meta/_journal.json'), 'utf8')) as { entries: JournalEntry[] }
  return entries.map(({ tag, when }) => {
    const file = join(own, `${tag}.sql`)
    if (!existsSync(file))
      throw new MigrationError(`Migration ${tag} has no file ${file}: restore it from version control`)
    const content = read(file)
    return {
      name: tag,
      when,
      hash: createHash('sha256').update(content).digest('hex'),
      ...partsOf(content),
      isCompatible: /^-- compatible\b/m.test(content),
      mayLoseRows: [...content.matchAll(/^-- rows may go: (\w+)$/gm)].map(([, table = '']) => table),
      mayLoseValues: [...content.matchAll(/^-- values may go: (\w+\.\w+)$/gm)].map(([, column = '']) => column),
      isBare: /^-- no-transaction$/m.test(content),
      afterBackfills: [...content.matchAll(/^-- after backfill: (\w+)$/gm)].map(([, name = '']) => name),
      serversFrom: /^-- needs servers from: (\w+)$/m.exec(content)?.[1],
      irreversible: /^-- irreversible: (.+)$/m.exec(content)?.[1],
      down: downOf(file),
    }
  })
}

export interface Applied {
  name: string
  hash: string
  when: number
  isCompatible: boolean
}

function appliedOfOurs(files: readonly Migration[], applied: readonly Applied[]): readonly Applied[] {
  const newer = applied.slice(files.length)
  const isKnown = ({ name }: Applied) => files.some((file) => file.name === name)
  const mayStart = newer.every((step) => step.isCompatible && !isKnown(step))
  return mayStart ? applied.slice(0, files.length) : applied
}

/** Throws when the applied steps are not a beginning of the files. */
export function pendingMigrations(files: readonly Migration[], found: readonly Applied[]): Migration[] {
  const applied = appliedOfOurs(files, found)
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
