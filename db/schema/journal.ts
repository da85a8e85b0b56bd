import { check, foreignKey, index, isOneOf, primaryKey, table } from '../kit.ts'
import type { JournalEntity } from '../values.ts'
import { deeds, journalEntities, operationWays } from '../values.ts'
import { owned, ownedKeys, within } from './owned.ts'
import { schools } from './schools.ts'
import { users } from './users.ts'

/** The id is the client's key, so a repeated request is known. Rows are only inserted. */
export const operations = table(
  'operations',
  (c) => ({
    ...owned(c),
    actorId: c.ref(),
    way: c.oneOf(operationWays).notNull(),
    procedure: c.text(100).notNull(),
    /** The hash (SHA-256, hexadecimal) covers the salt and the input's own hash, so nobody can guess the input by it alone. */
    inputHash: c.text(64).notNull(),
    at: c.timestamp().notNull(),
    /** The salt is a random UUID; it is nil once a person of the operation is erased, and null in rows older than salts. */
    inputSalt: c.ref(),
    /** Operations are ordered by the number of their first entry. The release before wrote none. */
    number: c.bigint(),
    deed: c.oneOf(deeds),
    about: c.text(40).$type<JournalEntity>(),
    /** One record was changed as somebody asked; others may have followed, such as one that left the waitlist. */
    isOfOne: c.boolean(),
  }),
  (t) => [
    ...ownedKeys('operations', t),
    foreignKey({ name: 'operations_actor_fk', columns: [t.actorId], foreignColumns: [users.id] }),
    index('operations_at_ix').on(t.schoolId, t.at),
    index('operations_number_ix').on(t.schoolId, t.number),
    index('operations_actor_ix').on(t.schoolId, t.actorId, t.number),
    index('operations_deed_ix').on(t.schoolId, t.deed, t.number),
  ],
)

/** An entry is one changed record of one operation. Rows are only inserted. */
export const journal = table(
  'journal',
  (c) => ({
    schoolId: c.integer().notNull(),
    /** A school's numbers are 1, 2, 3 and so on, without gaps. */
    number: c.bigint().notNull(),
    operationId: c.ref().notNull(),
    entity: c.text(40).$type<JournalEntity>().notNull(),
    entityId: c.text(36).notNull(),
    version: c.integer().notNull(),
    fields: c.json<string[]>().notNull(),
    valuesHash: c.text(64).notNull(),
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

/** An erasure deletes these rows of a person, and the chain still verifies. */
export const journalValues = table(
  'journal_values',
  (c) => ({
    schoolId: c.integer().notNull(),
    number: c.bigint().notNull(),
    salt: c.text(32).notNull(),
    /** The text is canonical JSON `{"after":{…},"before":{…}}`, of which the hash covers each letter. */
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

/** An entry belongs to each record that it is about or that owned what it is about. Outside the chain; rows are only inserted. */
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

/** A school that came as files keeps its chain, whose hashes cover the id it had before. Rows are only inserted. */
export const journalSeals = table(
  'journal_seals',
  (c) => ({
    schoolId: c.integer().notNull(),
    number: c.bigint().notNull(),
    hash: c.text(64).notNull(),
    formerId: c.integer().notNull(),
    at: c.timestamp().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'journal_seals_pk', columns: [t.schoolId, t.number] }),
    foreignKey({ name: 'journal_seals_school_fk', columns: [t.schoolId], foreignColumns: [schools.id] }),
  ],
)
