import { table } from '../kit.ts'
import { backfillStates } from '../values.ts'

/** How far a backfill is. It changes nothing that people wrote, so the journal leaves it out. */
export const backfills = table('backfills', (c) => ({
  name: c.text(100).primaryKey(),
  state: c.oneOf(backfillStates).notNull(),
  startedAt: c.timestamp().notNull(),
  checkedAt: c.timestamp(),
  endedAt: c.timestamp(),
  rowsDone: c.bigint().notNull(),
  rowsLeft: c.bigint(),
  atSchool: c.integer(),
  atRow: c.text(200),
  /** The process that fills. Nobody else takes the backfill before `takenUntil`. */
  owner: c.ref(),
  takenUntil: c.timestamp(),
  failure: c.text(100),
}))
