import type { Applied, Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'

export interface MigrationReport {
  made?: string
  applied: string[]
  copy?: string
  unvalidated?: string[]
}
export interface DownReport {
  takenBack: string[]
  copy?: string
}
export type AppliedStep = Applied & { at: Date }
export interface Filling {
  name: string
  state: string
  done: number
  left: number | null
}
export type Waits = Record<string, string[]>
export interface MigrationStatus {
  applied: AppliedStep[]
  pending: string[]
  waits: Waits
  filling: Filling[]
  unvalidated: string[]
}

/** Where a run is. A process may die at each of these: the next run goes on. */
export type Point =
  | 'waiting'
  | 'locked'
  | 'copying'
  | 'copied'
  | 'statement'
  | 'repairing'
  | 'ran'
  | 'noted'
  | 'committing'
  | 'committed'
  | 'retrying'
export interface Progress {
  point: Point
  step?: string
  number?: number
  of?: number
  sentence?: string
}
export type Tell = (progress: Progress) => void

export interface RunOptions {
  to?: string | undefined
  tell?: Tell | undefined
  /** In ms, how long PostgreSQL is asked again for the lock of a table that is in use. */
  patience?: number | undefined
}

export interface Runner {
  /** Before a step that may lose rows, of the database it is in. */
  copies: boolean
  migrate(files: readonly Migration[], options?: RunOptions): Promise<MigrationReport>
  down(files: readonly Migration[], count: number, options?: RunOptions): Promise<DownReport>
  applied(): Promise<AppliedStep[]>
  unvalidated(files: readonly Migration[]): Promise<string[]>
  filling(): Promise<Filling[]>
  waits(pending: readonly Migration[], files: readonly Migration[]): Promise<Waits>
  counts(tables: readonly string[]): Promise<Map<string, number>>
}

/** Each step is a transaction of its own: what a failed one left unchanged is not all that this run did. */
export function afterOthers(error: unknown, applied: readonly string[]): unknown {
  if (!(error instanceof MigrationError) || !applied.length) return error
  const others = `Nothing of it was changed, and ${applied.join(', ')} ${applied.length === 1 ? 'is' : 'are'} applied`
  return new MigrationError(error.message.replace('Nothing was changed', others), { cause: error })
}

export function stepNamed(files: readonly Migration[], asked: string): string {
  const file = files.find(({ name }) => name === asked || name.startsWith(`${asked}_`))
  if (!file) throw new MigrationError(`There is no step ${asked}: say one such as ${files.at(-1)?.name}`)
  return file.name
}

export const upTo = (pending: readonly Migration[], to: string | undefined): readonly Migration[] =>
  to === undefined ? pending : pending.slice(0, pending.findIndex(({ name }) => name === to) + 1)

const concurrently = /^((?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+)INDEX)\s+CONCURRENTLY\b/i
const inTransaction = (step: Migration): Migration => ({
  ...step,
  isBare: false,
  statements: step.statements.map((statement) => statement.replace(concurrently, '$1')),
})

export function batchOf(pending: readonly Migration[], isNew: boolean): readonly Migration[] {
  if (isNew) return pending.map(inTransaction)
  return pending.slice(0, 1).filter(({ isBare }) => !isBare)
}
