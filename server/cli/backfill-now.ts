import { setTimeout as sleep } from 'node:timers/promises'
import { asc } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { open } from '../../db/open.ts'
import { schools } from '../../db/schema/index.ts'
import type { Backfill } from '../backfills/backfill.ts'
import type { BackfillRow } from '../backfills/progress.ts'
import { isUnchecked, olderServer, readBackfill, reopen } from '../backfills/progress.ts'
import { runBackfill } from '../backfills/run.ts'
import { stepNumber } from '../runtime/schema-range.ts'
import { CommandError } from './command.ts'

const saidEveryMs = 2_000
const askedEvery = 500

type Say = (line: string) => void
export interface Filling {
  db: Database
  declared: readonly Backfill[]
  say: Say
}

function declaredAs(declared: readonly Backfill[], name: string): Backfill {
  const found = declared.find((backfill) => backfill.name === name)
  if (found) return found
  throw new CommandError(
    `This version does not know the backfill ${name} any more: start the release before, and leave it running until it is done`,
  )
}

function sayer(say: Say): (row: BackfillRow) => void {
  let saidAt = performance.now()
  return ({ name, rowsDone, rowsLeft }) => {
    if (performance.now() - saidAt < saidEveryMs) return
    saidAt = performance.now()
    say(`${name}: ${rowsDone.toLocaleString('en')} rows filled, ${(rowsLeft ?? 0).toLocaleString('en')} left`)
  }
}

async function refuseUnfinished(db: Database, { name, since }: Backfill, row: BackfillRow): Promise<void> {
  const older = row.state === 'waiting' && (await olderServer(db, stepNumber(since), new Date()))
  if (older)
    throw new CommandError(
      `The backfill ${name} can not end while version ${older.version} serves on ${older.host}, process ${older.pid}: stop it first, or wait a minute where it was killed`,
    )
  if (row.state === 'failed')
    throw new CommandError(`The backfill ${name} failed (${row.failure}), with ${row.rowsLeft ?? 'some'} rows left`)
}

async function fillOne({ db, say }: Filling, backfill: Backfill): Promise<void> {
  const since = new Date()
  const tellRow = sayer(say)
  for (;;) {
    const row = await runBackfill(db, backfill, since, {
      now: () => new Date(),
      isStopping: () => false,
      stepOf: stepNumber,
      tell: (_point, row) => tellRow(row),
    })
    const now = row ?? (await readBackfill(db, backfill.name))
    if (now && !isUnchecked(now, since, new Date())) return say(`${backfill.name}: nothing is left`)
    if (row) await refuseUnfinished(db, backfill, row)
    // A server is at it: its progress is told, and its end is awaited.
    else if (now) tellRow(now)
    await sleep(askedEvery)
  }
}

export async function fillNow(filling: Filling, names: readonly string[]): Promise<void> {
  for (const name of names) await fillOne(filling, declaredAs(filling.declared, name))
}

/** A server of an older release may have written rows since the backfills were done: a step that relies on them asks once more. */
export async function askAgain({ db, declared }: Omit<Filling, 'say'>, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const backfill = declared.find((each) => each.name === name)
    if (!backfill || (await readBackfill(db, name))?.state !== 'done') continue
    let left = 0
    for (const { id } of await db.select({ id: schools.id }).from(schools).orderBy(asc(schools.id)))
      left += await backfill.left(db, id, () => false)
    if (left) await reopen(db, name, left)
  }
}

export async function withFilling(
  { declared, say }: { declared: readonly Backfill[] | undefined; say: Say },
  work: (filling: Filling) => Promise<void>,
): Promise<void> {
  const db = await open()
  try {
    // They know every kind of record, and a start that fills nothing need not load all that.
    const all = declared ?? (await import('../backfills/declared.ts')).declaredBackfills
    await work({ db, declared: all, say })
  } finally {
    await db.close()
  }
}
