import { sql } from 'drizzle-orm'
import { check, foreignKey, table } from '../kit.ts'
import type { Role } from '../values.ts'
import { flagModes } from '../values.ts'
import { users } from './users.ts'

/** What the flags of the whole register serve now. A flag without a row serves its default; `server/flags/registry.ts` says which flags exist. */
export const flags = table(
  'flags',
  (c) => ({
    key: c.text(36).primaryKey(),
    version: c.integer().notNull(),
    mode: c.oneOf(flagModes).notNull(),
    /** Of the people, or of the schools, whichever the flag is for. */
    percent: c.integer().notNull(),
    /** The ids of users. */
    people: c.json<string[]>().notNull(),
    roles: c.json<Role[]>().notNull(),
    /** The ids of schools. */
    schools: c.json<number[]>().notNull(),
    includesOwners: c.boolean().notNull(),
    /** Until then the rules serve `off`. */
    fromAt: c.timestamp(),
    /** Since when everybody has it by the rules. */
    fullSince: c.timestamp(),
    changedAt: c.timestamp().notNull(),
    changedBy: c.ref(),
  }),
  (t) => [
    check('flags_percent_range', sql`${t.percent} between 0 and 100`),
    foreignKey({ name: 'flags_changed_by_fk', columns: [t.changedBy], foreignColumns: [users.id] }),
  ],
)
