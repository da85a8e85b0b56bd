import { sql } from 'drizzle-orm'
import { check, foreignKey, index, primaryKey, table } from '../kit.ts'
import type { Role } from '../values.ts'
import { flagModes } from '../values.ts'
import { byDuration } from './by-duration.ts'
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
    people: c.json<string[]>().notNull(),
    roles: c.json<Role[]>().notNull(),
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

/** How the calls of the people on each side of a flag went, added up by all processes. It names nobody. */
export const flagSides = table(
  'flag_sides',
  (c) => ({
    key: c.text(36).notNull(),
    /** The flag's version that served the call. */
    version: c.integer().notNull(),
    isOn: c.boolean().notNull(),
    /** The beginning of the ten minutes. */
    periodAt: c.timestamp().notNull(),
    calls: c.integer().notNull(),
    refused: c.integer().notNull(),
    /** No error of ours describes these. */
    failed: c.integer().notNull(),
    unavailable: c.integer().notNull(),
    ...byDuration(c),
  }),
  (t) => [
    primaryKey({ name: 'flag_sides_pk', columns: [t.key, t.version, t.isOn, t.periodAt] }),
    index('flag_sides_at_ix').on(t.periodAt),
  ],
)
