import { index, primaryKey, table } from '../kit.ts'
import { byDuration } from './by-duration.ts'

/** A process reports itself here. That changes nothing of the register, so the journal leaves it out. */
export const instances = table('instances', (c) => ({
  id: c.id().primaryKey(),
  host: c.text(255).notNull(),
  pid: c.integer().notNull(),
  version: c.text(100).notNull(),
  schemaMin: c.integer().notNull(),
  schemaMax: c.integer().notNull(),
  startedAt: c.timestamp().notNull(),
  seenAt: c.timestamp().notNull(),
  isDraining: c.boolean().notNull(),
}))

/** Rows outlive their process, so that an hour with a deploy in it is complete. They name nobody. */
export const procedureMinutes = table(
  'procedure_minutes',
  (c) => ({
    instanceId: c.ref().notNull(),
    minuteAt: c.timestamp().notNull(),
    procedure: c.text(100).notNull(),
    calls: c.integer().notNull(),
    refused: c.integer().notNull(),
    failed: c.integer().notNull(),
    microseconds: c.bigint().notNull(),
    ...byDuration(c),
  }),
  (t) => [
    primaryKey({ name: 'procedure_minutes_pk', columns: [t.instanceId, t.minuteAt, t.procedure] }),
    index('procedure_minutes_at_ix').on(t.minuteAt),
  ],
)

/** What tells whether a register still fits into one file: a row per day (UTC), to which all processes add. It names nobody. */
export const usageDays = table('usage_days', (c) => ({
  date: c.date().primaryKey(),
  size: c.bigint().notNull(),
  people: c.integer().notNull(),
  /** The most that were at work within five minutes. */
  peopleAtOnce: c.integer().notNull(),
  processes: c.integer().notNull(),
  /** The most that one process used of a processor in one minute, in percent. */
  busiest: c.integer().notNull(),
  ...byDuration(c),
}))
