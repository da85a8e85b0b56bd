import { migrate, migrationStatus } from '../../db/migrate.ts'
import type { Migration } from '../../db/migration-files.ts'
import { migrationFiles } from '../../db/migration-files.ts'
import type { MigrationReport, RunOptions } from '../../db/migration-run.ts'
import { stepNamed } from '../../db/migration-run.ts'
import { requireStaying } from '../../db/move/movable.ts'
import type { Backfill } from '../backfills/backfill.ts'
import { migrations } from '../runtime/folders.ts'
import { askAgain, fillNow, withFilling } from './backfill-now.ts'

export interface ApplyOptions extends RunOptions {
  backfill?: 'needed' | 'all' | undefined
  say?(line: string): void
  folder?: string
  declared?: readonly Backfill[]
}

interface Waiting {
  step: Migration
  before: string
  backfills: string[]
}
interface Relying {
  waiting: Waiting[]
  done: string[]
}

/** The pending steps that rely on backfills. A register that is only to be made has no older rows. */
async function relyingIn(folder: string, to: string | undefined): Promise<Relying> {
  const files = migrationFiles(folder)
  const last = to === undefined ? files.length - 1 : files.findIndex(({ name }) => name === stepNamed(files, to))
  const waiting = files.flatMap((step, index) => {
    const { afterBackfills: backfills = [] } = step
    return backfills.length && index <= last ? [{ step, before: files[index - 1]?.name ?? '', backfills }] : []
  })
  if (!waiting.length) return { waiting, done: [] }
  const { applied, pending, filling } = await migrationStatus(folder)
  const still = applied.length ? waiting.filter(({ step }) => pending.includes(step.name)) : []
  const isDone = (name: string) => filling.some((each) => each.name === name && each.state === 'done')
  return { waiting: still, done: still.flatMap(({ backfills }) => backfills).filter(isDone) }
}

const merged = (reports: readonly MigrationReport[]): MigrationReport =>
  Object.assign({}, ...reports, { applied: reports.flatMap(({ applied }) => applied) })

/** Throws `MigrationError` or `CommandError`; the steps before the one that failed stay applied. */
export async function applySteps(given: ApplyOptions = {}): Promise<MigrationReport> {
  const { backfill, say = () => {}, folder = migrations, declared, ...options } = given
  const filling = (work: Parameters<typeof withFilling>[1]) => withFilling({ declared, say }, work)
  const { waiting, done } = await relyingIn(folder, options.to)
  if (done.length) await filling((own) => askAgain(own, done))
  if (!backfill) return migrate(folder, options)
  requireStaying('Filling older rows')
  const reports: MigrationReport[] = []
  for (const { before, backfills } of waiting) {
    reports.push(await migrate(folder, { ...options, to: before }))
    await filling((own) => fillNow(own, backfills))
  }
  reports.push(await migrate(folder, options))
  if (backfill === 'all')
    await filling((own) =>
      fillNow(
        own,
        own.declared.map(({ name }) => name),
      ),
    )
  return merged(reports)
}
