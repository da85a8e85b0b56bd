/** The steps that a change adds to the migrations, and what each keeps others from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { migrationFiles } from '../../db/migration-files.ts'
import type { PlannedStep } from '../../db/plan.ts'
import { planOf, sentenceOf } from '../../db/plan.ts'
import * as repository from './git.ts'
import { code } from './markdown.ts'

const databases = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const
type Name = keyof typeof databases

const journal = z.object({
  entries: z.array(z.object({ tag: z.string().regex(/^\d{4}_\w{1,80}$/), when: z.number() })),
})
type Repository = Pick<typeof repository, 'fileOf' | 'changedFiles'>

const entriesOf = ({ fileOf }: Repository, commit: string, database: Name) => {
  const text = fileOf(commit, `drizzle/${database}/meta/_journal.json`)
  return text === undefined ? [] : journal.parse(JSON.parse(text)).entries
}

/** No database is asked, so how many rows a step meets is not known. */
async function planFor(from: Repository, base: string, head: string, database: Name): Promise<PlannedStep[]> {
  const known = new Set(entriesOf(from, base, database).map(({ tag }) => tag))
  const entries = entriesOf(from, head, database).filter(({ tag }) => !known.has(tag))
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-plan-'))
  try {
    mkdirSync(join(folder, database, 'meta'), { recursive: true })
    writeFileSync(join(folder, database, 'meta/_journal.json'), JSON.stringify({ entries }))
    for (const { tag } of entries)
      for (const end of ['.sql', '.down.sql']) {
        const text = from.fileOf(head, `drizzle/${database}/${tag}${end}`)
        if (text !== undefined) writeFileSync(join(folder, database, tag + end), text)
      }
    const isOnPostgres = database === 'postgresql'
    return await planOf(migrationFiles(folder, database), { counts: async () => new Map() }, isOnPostgres)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function stepLines(step: PlannedStep): string[] {
  const statements = step.statements.map(
    ({ sql, table, lock, touches }) => `  - ${code(sql)}: ${lock}; ${touches}${table && ` of ${code(table)}`}`,
  )
  const { irreversible, ...rest } = step
  const why = irreversible ? ` ${code(irreversible)}` : ''
  return [
    `- ${code(step.name)}: ${sentenceOf({ ...rest, irreversible: irreversible && 'because' })}${why}`,
    ...statements,
  ]
}

export async function planText(base: string, head: string, from: Repository = repository): Promise<string> {
  const edited = from
    .changedFiles(base, head, 'drizzle')
    .filter(({ became, path }) => became !== 'A' && /\/\d{4}_\w+\.sql$/.test(path))
  const parts = edited.map(({ path }) => `**A step that may be applied somewhere was changed**: ${code(path)}`)
  for (const database of Object.keys(databases) as Name[]) {
    const steps = await planFor(from, base, head, database)
    if (steps.length) parts.push(`On ${databases[database]}:\n\n${steps.flatMap(stepLines).join('\n')}`)
  }
  return parts.join('\n\n') || 'No step is added.'
}
