import { index, table, uniqueIndex } from '../kit.ts'
import { backupStates } from '../values.ts'

/** A backup of the whole installation, made or tried. That changes nothing of the register, so the journal leaves it out. */
export const backups = table(
  'backups',
  (c) => ({
    id: c.id().primaryKey(),
    state: c.oneOf(backupStates).notNull(),
    startedAt: c.timestamp().notNull(),
    endedAt: c.timestamp(),
    /** The night for which a server makes it: of all servers, one adds the row. It is null once another may try. */
    nightDate: c.date(),
    host: c.text(255).notNull(),
    name: c.text(40),
    place: c.text(1000),
    size: c.bigint(),
    copyMs: c.integer(),
    verifyMs: c.integer(),
    rehearsedAt: c.timestamp(),
    rehearsedMs: c.integer(),
    failure: c.text(100),
  }),
  (t) => [uniqueIndex('backups_night_uq').on(t.nightDate), index('backups_state_ix').on(t.state, t.startedAt)],
)

/** How far the stream of changes came, in one row. Each server tells it, and the journal leaves it out. */
export const backupStreams = table('backup_streams', (c) => ({
  /** Always 1: of two servers that begin at once, one makes the row. */
  number: c.integer().primaryKey(),
  host: c.text(255).notNull(),
  place: c.text(1000),
  baseAt: c.timestamp(),
  /** All that was saved before then is stored. */
  storedAt: c.timestamp(),
  failedAt: c.timestamp(),
  /** What is wrong, in a word such as `disk.full`; null once all is stored again. */
  failure: c.text(100),
}))
