import { foreignKey, index, primaryKey, table } from '../kit.ts'
import { importFailures, importOutcomes, importStates } from '../values.ts'
import { operations } from './journal.ts'
import { owned, ownedKeys, within } from './owned.ts'
import { users } from './users.ts'

export const imports = table(
  'imports',
  (c) => ({
    ...owned(c),
    userId: c.ref().notNull(),
    name: c.text(255).notNull(),
    state: c.oneOf(importStates).notNull(),
    choices: c.json<Record<string, unknown>>().notNull(),
    report: c.json<Record<string, unknown>>(),
    progress: c.text(300),
    failure: c.text(2000),
    isCanceled: c.boolean().notNull().default(false),
    /** One process works on it, until then or for as long as it says that it still does. */
    leaseOwner: c.ref(),
    leaseUntil: c.timestamp(),
    /** How many processes have begun the present work and not ended it. */
    attempts: c.integer().notNull().default(0),
    createdAt: c.timestamp().notNull(),
    changedAt: c.timestamp().notNull(),
  }),
  (t) => [
    ...ownedKeys('imports', t),
    foreignKey({ name: 'imports_user_fk', columns: [t.userId], foreignColumns: [users.id] }),
    index('imports_state_ix').on(t.state, t.changedAt),
  ],
)

export const importPieces = table(
  'import_pieces',
  (c) => ({
    schoolId: c.integer().notNull(),
    importId: c.ref().notNull(),
    shelf: c.text(100).notNull(),
    number: c.integer().notNull(),
    /** Lines of JSON, deflated, in base64. */
    content: c.text(4_000_000).notNull(),
  }),
  (t) => [
    primaryKey({ name: 'import_pieces_pk', columns: [t.schoolId, t.importId, t.shelf, t.number] }),
    within('import_pieces_import_fk', t, t.importId, imports),
  ],
)

export const importResults = table(
  'import_results',
  (c) => ({
    schoolId: c.integer().notNull(),
    operationId: c.ref().notNull(),
    name: c.text(255).notNull(),
    totals: c.json<Record<string, Record<string, number>>>().notNull(),
    undoneById: c.ref(),
  }),
  (t) => [
    primaryKey({ name: 'import_results_pk', columns: [t.schoolId, t.operationId] }),
    within('import_results_operation_fk', t, t.operationId, operations),
  ],
)

/** A source may have several schools, and gets one row for its newest bundle. */
export const importSources = table('import_sources', (c) => ({
  source: c.text(255).primaryKey(),
  name: c.text(255).notNull(),
  at: c.timestamp().notNull(),
  outcome: c.oneOf(importOutcomes).notNull(),
  reason: c.oneOf(importFailures),
  sentence: c.text(2000),
  found: c.json<Record<string, unknown>>(),
  lastSuccessAt: c.timestamp(),
  done: c.bigint().notNull(),
  failed: c.bigint().notNull(),
  folder: c.text(4096),
}))
