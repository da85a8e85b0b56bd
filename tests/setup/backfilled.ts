import type { Backfill } from '../../server/backfills/backfill.ts'
import { declaredBackfills } from '../../server/backfills/declared.ts'
import { readBackfill } from '../../server/backfills/progress.ts'
import type { RunOptions } from '../../server/backfills/run.ts'
import { runBackfill } from '../../server/backfills/run.ts'
import { stepNumber } from '../../server/runtime/schema-range.ts'
import { db } from './people.ts'

/** Later than all that was done before, so that it is looked at again. */
let clock = Date.now()
const tick = () => new Date(++clock)

/** Runs as far as it gets, without pauses. Answers its row, and how many rows were filled now. */
export async function runOnce(backfill: Backfill, options: Partial<RunOptions> = {}) {
  const before = await readBackfill(db, backfill.name)
  await runBackfill(db, backfill, tick(), {
    now: tick,
    isStopping: () => false,
    stepOf: stepNumber,
    pause: async () => {},
    ...options,
  })
  const row = await readBackfill(db, backfill.name)
  return { row, filled: (row?.rowsDone ?? 0) - (before?.rowsDone ?? 0) }
}

export async function fillDeclared(name: string, isStopping = () => false): Promise<number> {
  const backfill = declaredBackfills.find((one) => one.name === name)
  if (!backfill) throw new Error(`nobody has declared ${name}`)
  return (await runOnce(backfill, { isStopping })).filled
}
