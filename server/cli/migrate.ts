import { isCopiedBefore, migrateDown, migrationPlan } from '../../db/migrate.ts'
import { sayProgress } from '../../db/migration-progress.ts'
import type { Filling, MigrationStatus, RunOptions } from '../../db/migration-run.ts'
import type { PlannedStep } from '../../db/plan.ts'
import { sentenceOf } from '../../db/plan.ts'
import { readConfig } from '../config.ts'
import { migrations } from '../runtime/folders.ts'
import { applySteps } from './apply-steps.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { statusOfRegister } from './database.ts'
import { complain, say } from './terminal.ts'

const options = {
  to: { type: 'string', help: 'for up and plan: the last step, such as 0023 or its whole name' },
  backfill: { type: 'boolean', help: 'for up: fill older rows to the end, here, also what a step waits for' },
  'backfill-needed': { type: 'boolean', help: 'for up: fill to the end, here, only what a step waits for' },
  'without-backup': { type: 'boolean', help: 'for down on PostgreSQL: make no backup first' },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

async function watched<T>(work: (options: RunOptions) => Promise<T>): Promise<T> {
  const progress = sayProgress(complain)
  try {
    return await work({ tell: progress.tell })
  } finally {
    progress.end()
  }
}

function sayFilling({ name, state, done, left }: Filling): void {
  const rows = left === null ? '' : `, ${left.toLocaleString('en')} rows left`
  say(`backfill ${name}  ${filling[state] ?? state}: ${done.toLocaleString('en')} rows filled${rows}`)
}
const filling: Record<string, string> = {
  waiting: 'waits until no server of the release before serves',
  'not begun': 'not begun, a server does it',
}

function sayStatus({ applied, pending, waits, filling, unvalidated }: MigrationStatus): void {
  for (const { name, at, isCompatible } of applied)
    say(`applied  ${name}  ${at.toISOString()}${isCompatible ? '  the version before may start on it' : ''}`)
  for (const each of filling) sayFilling(each)
  for (const name of pending) {
    say(`pending  ${name}`)
    for (const reason of waits[name] ?? []) say(`         it ${reason}`)
  }
  for (const name of unvalidated) say(`to check  ${name}: rows that are older than the constraint`)
  if (!pending.length && !unvalidated.length) say('Nothing is pending')
}

/** The register knows of a backfill once it has begun. */
async function withDeclared(status: MigrationStatus): Promise<MigrationStatus> {
  const { declaredBackfills } = await import('../backfills/declared.ts')
  const isKnown = (name: string) => status.filling.some((each) => each.name === name)
  const others = declaredBackfills.filter(({ name }) => !isKnown(name))
  return {
    ...status,
    filling: [...status.filling, ...others.map(({ name }) => ({ name, state: 'not begun', done: 0, left: null }))],
  }
}

async function status({ json }: Given): Promise<void> {
  const found = await withDeclared(await statusOfRegister())
  const names = found.applied.map(({ name, at, isCompatible }) => ({ name, at, isCompatible }))
  if (json) return say(JSON.stringify({ ...found, applied: names }))
  sayStatus(found)
}

function sayStep(step: PlannedStep): void {
  const { name, waits, statements } = step
  say(`${name}: ${sentenceOf(step)}`)
  for (const reason of waits) say(`  it ${reason}`)
  for (const { sql, table, lock, touches, rows } of statements) {
    say(sql.replace(/^/gm, '  '))
    say(`  -- ${lock}; ${touches}${table ? ` of ${table}, which has about ${rows}` : ''}`)
  }
}

async function plan({ to, json }: Given): Promise<void> {
  await statusOfRegister()
  const steps = await migrationPlan(migrations, to)
  if (json) return say(JSON.stringify(steps))
  for (const step of steps) sayStep(step)
  if (!steps.length) say(`Nothing is pending${to === undefined ? '' : ` up to ${to}`}`)
}

/** Older rows that break a constraint keep no server from starting: the report names them, and the command succeeds. */
async function up({ to, json, backfill: all, 'backfill-needed': needed }: Given): Promise<void> {
  const backfill = all ? 'all' : needed ? 'needed' : undefined
  const report = await watched((more) => applySteps({ to, backfill, say: complain, ...more }))
  if (json) return say(JSON.stringify(report))
  const { made, applied, copy, unvalidated = [] } = report
  if (copy) say(`A copy of the database from before is at ${copy}`)
  say(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
  if (made) say(made)
  for (const reason of unvalidated) complain(reason)
}

/** What was written into columns and tables goes with them. */
async function backedUp(given: Given): Promise<string | undefined> {
  if (given['without-backup'] || (await isCopiedBefore(migrations))) return
  if (!readConfig().backupFolder)
    throw new CommandError(
      'Taking steps back removes what was written into their columns and tables. Nothing was changed. Set BACKUP_FOLDER, so that a backup is made first, or say --without-backup',
    )
  const { backUp } = await import('./backup.ts')
  return (await backUp()).place
}

async function down(given: Given, count: string): Promise<void> {
  if (!/^[1-9]\d?$/.test(count)) throw new UsageError(`"migrate down" takes how many steps, from 1 to 99, not ${count}`)
  await statusOfRegister()
  const backup = await backedUp(given)
  const report = await watched((more) => migrateDown(migrations, Number(count), more))
  if (given.json) return say(JSON.stringify({ ...report, ...(backup && { backup }) }))
  if (backup) say(`A backup of the database from before is at ${backup}`)
  if (report.copy) say(`A copy of the database from before is at ${report.copy}`)
  say(`Took back ${report.takenBack.join(', ')}. The next start of this version applies it again: start the one before`)
}

export const command = defineCommand({
  summary:
    'Brings the database up to this version, or takes steps back; status and plan only say what is applied and what would be done',
  usage:
    'migrate [up [--to <step>] [--backfill | --backfill-needed] | status | plan [--to <step>] | down [<how many>] [--without-backup]] [--json]',
  options,
  positionals: 2,
  async run(given, [what = 'up', count]) {
    if (count !== undefined && what !== 'down') throw new UsageError(`"migrate ${what}" takes no ${count}`)
    if (given.to !== undefined && what !== 'up' && what !== 'plan')
      throw new UsageError('--to belongs to "migrate up" and "migrate plan"')
    if ((given.backfill || given['backfill-needed']) && what !== 'up')
      throw new UsageError('--backfill and --backfill-needed belong to "migrate up"')
    if (given['without-backup'] && what !== 'down') throw new UsageError('--without-backup belongs to "migrate down"')
    if (what === 'up') return up(given)
    if (what === 'status') return status(given)
    if (what === 'plan') return plan(given)
    if (what === 'down') return down(given, count ?? '1')
    throw new UsageError(`There is no "migrate ${what}", only "migrate up", "status", "plan" and "down"`)
  },
})
