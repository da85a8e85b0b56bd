import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compatibleLine, isCompatible } from './compatible.ts'
import { lintSteps, reportLines } from './lint/lint-steps.ts'
import { mendedForPostgres } from './mend-postgres.ts'
import { mendedForSqlite } from './mend-sqlite.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotText } from './snapshot.ts'
import { wayBack } from './way-back.ts'

export interface Entry {
  idx: number
  tag: string
}
export const breakpoint = '--> statement-breakpoint'
export const statementsIn = (text: string) => text.split(breakpoint).map((statement) => statement.trim())

const read = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T
const entriesOf = (folder: string) => read<{ entries: Entry[] }>(folder, 'meta/_journal.json').entries
export function newestEntry(folder: string): Entry {
  const entry = entriesOf(folder).at(-1)
  if (!entry) throw new Error(`${folder} has no step`)
  return entry
}
export const stepsFrom = (parent: string, first: number): Entry[] => entriesOf(join(parent, 'sqlite')).slice(first)
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
  const statements = statementsIn(step.slice(head.length))
  const better = dialect === 'sqlite' ? mendedForSqlite(statements, before, after) : mendedForPostgres(statements)
  const isSame =
    better.length === statements.length && better.every((statement, index) => statement === statements[index])
  return isSame ? step : head + better.join(`${breakpoint}\n`)
}

export function writeWayBack(parent: string, dialect: DialectFolder, { idx, tag }: Entry): void {
  const folder = join(parent, dialect)
  const file = join(folder, `${tag}.down.sql`)
  if (idx === 0 || existsSync(file)) return
  const step = readFileSync(join(folder, `${tag}.sql`), 'utf8').replace(/^(-- .*\n)*/, '')
  const back = wayBack(statementsIn(step), snapshotOf(folder, idx - 1), dialect === 'sqlite')
  if (back) writeFileSync(file, `${back.join(`${breakpoint}\n`)}\n`)
}

/** Whoever generates for both databases lints once, at the end. */
export const lintLater = 'LINT_LATER'

export function mendWhatIsNew(parent: string, dialect: DialectFolder, isLinted: boolean): void {
  const folder = join(parent, dialect)
  const known = new Set(entriesOf(folder).map(({ tag }) => tag))
  process.on('exit', () => {
    const added = entriesOf(folder).filter(({ tag }) => !known.has(tag))
    for (const entry of added) {
      writeFileSync(snapshotFile(folder, entry.idx), snapshotText(snapshotOf(folder, entry.idx)))
      const step = mended(parent, dialect, entry)
      const declared = entry.idx > 0 && isCompatible(snapshotOf(folder, entry.idx - 1), snapshotOf(folder, entry.idx))
      writeFileSync(join(folder, `${entry.tag}.sql`), declared ? `${compatibleLine}\n${step}` : step)
      writeWayBack(parent, dialect, entry)
    }
    const [first] = added
    if (first && isLinted)
      for (const line of reportLines(lintSteps(dirname(parent), first.idx, [dialect]))) console.error(line)
  })
}
