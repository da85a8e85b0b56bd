import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import type { AppliedStep } from './migration-run.ts'

function takenBack(files: readonly Migration[], step: AppliedStep, backup: (at: Date) => string): Migration {
  const { name, hash, at } = step
  const file = files.find((each) => each.name === name)
  if (!file)
    throw new MigrationError(
      `Migration ${name} has no file here: take it back with the version that applied it. Nothing was changed`,
    )
  if (file.hash !== hash)
    throw new MigrationError(`Migration ${name} was edited after it was applied: restore its file. Nothing was changed`)
  if (file.irreversible)
    throw new MigrationError(
      `Migration ${name} can't be taken back: ${file.irreversible}. Restore ${backup(at)} instead. Nothing was changed`,
    )
  if (!file.down)
    throw new MigrationError(
      `Migration ${name} has no ${name}.down.sql that takes it back. Restore ${backup(at)} instead. Nothing was changed`,
    )
  return file
}

function stepsBack(
  files: readonly Migration[],
  applied: readonly AppliedStep[],
  count: number,
  backup: (at: Date) => string,
): Migration[] {
  if (count > applied.length)
    throw new MigrationError(`Only ${applied.length} steps are applied: ${count} can't be taken back`)
  return applied
    .slice(applied.length - count)
    .reverse()
    .map((step) => takenBack(files, step, backup))
}

/** The next of `left` steps to go, and the number of the oldest of them: who serves and knows that one would miss it. */
export function nextBack(
  files: readonly Migration[],
  applied: readonly AppliedStep[],
  left: number,
  backup: (at: Date) => string,
): { step: Migration | undefined; oldest: number } {
  const [step] = stepsBack(files, applied, left, backup)
  return { step, oldest: applied.length - left + 1 }
}
export const backupBefore = (at: Date): string => `a backup from before ${at.toISOString()}`

/** Steps before the one that goes were required by it; the version before may start on them again. */
export function compatibleAgain(files: readonly Migration[], left: readonly AppliedStep[]): string[] {
  const isDeclared = ({ name }: AppliedStep) => files.some((file) => file.name === name && file.isCompatible)
  const required = left.findLastIndex((step) => !isDeclared(step))
  return left.slice(required + 1).flatMap(({ name, isCompatible }) => (isCompatible ? [] : [name]))
}

export interface Serving {
  host: string
  pid: number
  version: string
}

/** In ms. A process reports itself every 10 s. */
export const silentAfter = 60_000

/** Who reports a newest step of at least this number would miss it at once. */
export const servingQuery = (instant: string, step: number): string =>
  `select host, pid, version from instances where schema_max >= ${step} and seen_at > ${instant} limit 1`

export function refuseServing(serving: Serving | undefined): void {
  if (serving)
    throw new MigrationError(
      `Version ${serving.version} serves on ${serving.host}, process ${serving.pid}, and needs what is to be taken back: stop it first, or wait a minute where it was killed. Nothing was changed`,
    )
}
