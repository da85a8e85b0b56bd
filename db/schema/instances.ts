import { index, primaryKey, table } from '../kit.ts'

/**
 * A process that serves, as it last said of itself. Of the installation and of no school; it changes nothing of the
 * register, so the journal doesn't tell of it.
 */
export const instances = table('instances', (c) => ({
  id: c.id().primaryKey(),
  /** The machine's name. */
  host: c.text(255).notNull(),
  pid: c.integer().notNull(),
  /** The version it runs. */
  version: c.text(100).notNull(),
  /** The oldest and the newest migration step that its version works with. */
  schemaMin: c.integer().notNull(),
  schemaMax: c.integer().notNull(),
  startedAt: c.timestamp().notNull(),
  seenAt: c.timestamp().notNull(),
  isDraining: c.boolean().notNull(),
}))

/**
 * How often a procedure was called in one minute of one process, and how long that took: numbers and nobody's names. They
 * outlive their process, so that an hour with a deploy in it is told whole.
 */
export const procedureMinutes = table(
  'procedure_minutes',
  (c) => ({
    instanceId: c.ref().notNull(),
    /** The minute's beginning. */
    minuteAt: c.timestamp().notNull(),
    procedure: c.text(100).notNull(),
    calls: c.integer().notNull(),
    /** Of them, those refused for a reason that lay with the caller. */
    refused: c.integer().notNull(),
    /** And those that the server failed to answer. */
    failed: c.integer().notNull(),
    /** All calls' time together. */
    microseconds: c.bigint().notNull(),
    /** Calls by time: one column per bound of `durationBounds`, each counted once. */
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
