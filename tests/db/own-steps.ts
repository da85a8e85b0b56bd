/** A copy of the migrations, to which a test adds steps of its own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Migration } from '../../db/migration-files.ts'
import { migrationFiles } from '../../db/migration-files.ts'
import { onPostgres } from './outsider.ts'

interface StepJournal {
  entries: { tag: string; when: number; idx: number }[]
}
export interface OwnSteps {
  /** As a migration's folder is given to the runner. */
  folder: string
  /** Of this database. */
  own: string
  files(): Migration[]
  journal(): StepJournal
  writeJournal(journal: StepJournal): void
  /** Adds a step, a day after the last one unless told otherwise; answers its name. */
  add(name: string, content: string, options?: { later?: number }): string
  remove(): void
}

/** The text of a step of several statements. */
export const steps = (...statements: string[]) => statements.join('\n--> statement-breakpoint\n')

export function ownSteps(): OwnSteps {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-migrations-'))
  cpSync('drizzle', folder, { recursive: true })
  const own = join(folder, onPostgres ? 'postgresql' : 'sqlite')
  const journalFile = join(own, 'meta/_journal.json')
  const journal = () => JSON.parse(readFileSync(journalFile, 'utf8')) as StepJournal
  const writeJournal = (all: StepJournal) => writeFileSync(journalFile, JSON.stringify(all))
  return {
    folder,
    own,
    files: () => migrationFiles(folder),
    journal,
    writeJournal,
    add(name, content, { later = 86_400_000 } = {}) {
      const all = journal()
      const idx = all.entries.length
      const tag = `${String(idx).padStart(4, '0')}_${name}`
      all.entries.push({ idx, tag, when: (all.entries.at(-1)?.when ?? 0) + later })
      writeJournal(all)
      writeFileSync(join(own, `${tag}.sql`), content)
      return tag
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
