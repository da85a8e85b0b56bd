import { foreignKey, table, uniqueIndex } from '../kit.ts'
import { moveOutcomes, moveVerbs, operationWays } from '../values.ts'
import { users } from './users.ts'

/** The chain of what stands above all schools, such as a move. An operation has one entry here. Rows are only inserted. */
export const registerJournal = table(
  'register_journal',
  (c) => ({
    number: c.bigint().primaryKey(),
    operationId: c.ref().notNull(),
    actorId: c.ref(),
    way: c.oneOf(operationWays).notNull(),
    procedure: c.text(100).notNull(),
    inputHash: c.text(64).notNull(),
    inputSalt: c.ref().notNull(),
    at: c.timestamp().notNull(),
    entity: c.text(40).notNull(),
    entityId: c.text(36).notNull(),
    version: c.integer().notNull(),
    fields: c.json<string[]>().notNull(),
    valuesHash: c.text(64).notNull(),
    hash: c.text(64).notNull(),
    salt: c.text(32).notNull(),
    /** Canonical JSON `{"after":{…},"before":{…}}`. It tells nothing about a student, guardian or instructor. */
    content: c.text(10_000).notNull(),
  }),
  (t) => [
    foreignKey({ name: 'register_journal_actor_fk', columns: [t.actorId], foreignColumns: [users.id] }),
    uniqueIndex('register_journal_operation_uq').on(t.operationId),
  ],
)

/** What became of the last move or rehearsal that was started from the page, in one row. The chain tells who started which. */
export const moves = table(
  'moves',
  (c) => ({
    number: c.integer().primaryKey(),
    id: c.ref().notNull(),
    version: c.integer().notNull(),
    verb: c.oneOf(moveVerbs).notNull(),
    startedAt: c.timestamp().notNull(),
    startedBy: c.ref(),
    host: c.text(255).notNull(),
    pid: c.integer().notNull(),
    place: c.text(1000).notNull(),
    target: c.text(1000).notNull(),
    stopAskedAt: c.timestamp(),
    endedAt: c.timestamp(),
    outcome: c.oneOf(moveOutcomes),
    failure: c.text(2000),
    found: c.json<string[]>().notNull(),
    rows: c.bigint(),
    /** In ms. */
    took: c.bigint(),
  }),
  (t) => [foreignKey({ name: 'moves_started_by_fk', columns: [t.startedBy], foreignColumns: [users.id] })],
)
