import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compatibleLine, isCompatible } from './compatible.ts'
import { lintSteps, reportLines } from './lint/lint-steps.ts'
import { mendedForPostgres } from './mend-postgres.ts'
import { mendedForSqlite } from './mend-sqlite.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotText } from './snapshot.ts'

export interface Entry {
  idx: number
  tag: string
}
const breakpoint = '--> statement-breakpoint'

const read = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T
const entriesOf = (folder: string) => read<{ entries: Entry[] }>(folder, 'meta/_journal.json').entries
const snapshotFile = (folder: string, idx: number) =>
  join(folder, 'meta', `${String(idx).padStart(4, '0')}_snapshot.json`)
const snapshotOf = (folder: string, idx: number) => read<Snapshot>(snapshotFile(folder, idx))

export type DialectFolder = 'sqlite' | 'postgresql'

export function mended(parent: string, dialect: DialectFolder, { idx, tag }: Entry): string {
  const folder = join(parent, dialect)
  const step = readFileSync(join(folder, `${tag}.sql`), 'utf8')
  if (idx === 0) return step
  const [head = ''] = /^(-- .*\n)*/.exec(step) ?? []
  const [before, after] = [snapshotOf(folder, idx - 1), snapshotOf(folder, idx)]
  const statements = step
    .slice(head.length)
    .split(breakpoint)
    .map((statement) => statement.trim())
  const better = dialect === 'sqlite' ? mendedForSqlite(statements, before, after) : mendedForPostgres(statements)
  const isSame =
    better.length === statements.length && better.every((statement, index) => statement === statements[index])
  return isSame ? step : head + better.join(`${breakpoint}\n`)
}

export function mendWhatIsNew(parent: string, dialect: DialectFolder): void {
  const folder = join(parent, dialect)
  const known = new Set(entriesOf(folder).map(({ tag }) => tag))
  process.on('exit', () => {
    const added = entriesOf(folder).filter(({ tag }) => !known.has(tag))
    for (const entry of added) {
      writeFileSync(snapshotFile(folder, entry.idx), snapshotText(snapshotOf(folder, entry.idx)))
      const step = mended(parent, dialect, entry)
      const declared = entry.idx > 0 && isCompatible(snapshotOf(folder, entry.idx - 1), snapshotOf(folder, entry.idx))
      writeFileSync(join(folder, `${entry.tag}.sql`), declared ? `${compatibleLine}\n${step}` : step)
    }
    const [first] = added
    if (first) for (const line of reportLines(lintSteps(dirname(parent), first.idx, [dialect]))) console.error(line)
  })
}
