import { index, primaryKey, table } from '../kit.ts'

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
    /** Each call counts once, under the smallest of `durationBounds` (ms) that it did not exceed. */
    within1: c.integer().notNull(),
    within2: c.integer().notNull(),
    within5: c.integer().notNull(),
    within10: c.integer().notNull(),
    within20: c.integer().notNull(),
    within50: c.integer().notNull(),
    within100: c.integer().notNull(),
    within200: c.integer().notNull(),
    within500: c.integer().notNull(),
    within1000: c.integer().notNull(),
    within2000: c.integer().notNull(),
    within5000: c.integer().notNull(),
    longer: c.integer().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'procedure_minutes_pk', columns: [t.instanceId, t.minuteAt, t.procedure] }),
    index('procedure_minutes_at_ix').on(t.minuteAt),
  ],
)
