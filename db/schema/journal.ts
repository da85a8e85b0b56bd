import { check, foreignKey, index, isOneOf, primaryKey, table } from '../kit.ts'
import type { JournalEntity } from '../values.ts'
import { deeds, journalEntities, operationWays } from '../values.ts'
import { owned, ownedKeys, within } from './owned.ts'
import { users } from './users.ts'

/** One mutation. Its id is the client's key, so a repeated request is known. INSERT only. */
export const operations = table(
  'operations',
  (c) => ({
    ...owned(c),
    /** None when the command line did it. */
    actorId: c.ref(),
    way: c.oneOf(operationWays).notNull(),
    /** Such as 'students.update'. */
    procedure: c.text(100).notNull(),
    /** SHA-256 of the salt and the canonical input's own SHA-256, in hexadecimal: nobody can guess at the input by it alone. */
    inputHash: c.text(64).notNull(),
    at: c.timestamp().notNull(),
    /** A random UUID; the nil one once somebody it was about is erased. None before there were salts. */
    inputSalt: c.ref(),
    /** Of the first entry it made, or would have: the order of operations. None where the release before wrote it, as below. */
    number: c.bigint(),
    /** What it did, as people would say it. */
    deed: c.oneOf(deeds),
    /** To which kind of record; none where only what it changed says so. */
    about: c.text(40).$type<JournalEntity>(),
    /** It changed one record as somebody asked, and others that followed, such as who came off the waitlist. */
    isOfOne: c.boolean(),
  }),
  (t) => [
    ...ownedKeys('operations', t),
    foreignKey({ name: 'operations_actor_fk', columns: [t.actorId], foreignColumns: [users.id] }),
    index('operations_at_ix').on(t.schoolId, t.at),
    index('operations_number_ix').on(t.schoolId, t.number),
    index('operations_deed_ix').on(t.schoolId, t.deed, t.number),
  ],
)

/** One changed record of one operation, numbered and chained per school. INSERT only. */
export const journal = table(
  'journal',
  (c) => ({
    schoolId: c.integer().notNull(),
    /** 1, 2, 3 … in its school, without gaps. */
    number: c.bigint().notNull(),
    operationId: c.ref().notNull(),
    entity: c.text(40).$type<JournalEntity>().notNull(),
    entityId: c.text(36).notNull(),
    /** The version this change left. */
    version: c.integer().notNull(),
    /** The names of the changed fields, sorted. */
    fields: c.json<string[]>().notNull(),
    /** SHA-256 of the salt and the values: stays when the values are erased. */
    valuesHash: c.text(64).notNull(),
    /** SHA-256 of the entry and the hash before it. */
    hash: c.text(64).notNull(),
  }),
  (t) => [
    primaryKey({ name: 'journal_pk', columns: [t.schoolId, t.number] }),
    within('journal_operation_fk', t, t.operationId, operations),
    check('journal_entity_known', isOneOf(t.entity, journalEntities)),
    index('journal_entity_ix').on(t.schoolId, t.entity, t.entityId, t.number),
    index('journal_operation_ix').on(t.schoolId, t.operationId),
  ],
)

/** What the changed fields held before and after. Erasing a person deletes these rows; the chain holds. */
export const journalValues = table(
  'journal_values',
  (c) => ({
    schoolId: c.integer().notNull(),
    number: c.bigint().notNull(),
    salt: c.text(32).notNull(),
    /** Canonical JSON `{"after":{…},"before":{…}}`, kept as text: its hash is of these letters. */
    content: c.text(1_000_000).notNull(),
  }),
  (t) => [
    primaryKey({ name: 'journal_values_pk', columns: [t.schoolId, t.number] }),
    foreignKey({
      name: 'journal_values_journal_fk',
      columns: [t.schoolId, t.number],
      foreignColumns: [journal.schoolId, journal.number],
    }),
  ],
)

/**
 * Whose history an entry belongs to: one row for each record that it is about or that owned what it is about, before or
 * after. Follows from the entries and their values: no part of the chain, and no reference costs a look at each. INSERT only.
 */
export const journalOwners = table(
  'journal_owners',
  (c) => ({
    schoolId: c.integer().notNull(),
    entity: c.text(40).$type<JournalEntity>().notNull(),
    id: c.text(36).notNull(),
    number: c.bigint().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'journal_owners_pk', columns: [t.schoolId, t.entity, t.id, t.number] }),
    index('journal_owners_number_ix').on(t.schoolId, t.number, t.entity, t.id),
  ],
)
