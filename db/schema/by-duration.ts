import type { Columns } from '../kit.ts'

/** Each call or write counts once, under the smallest of `durationBounds` (ms) that it did not exceed. */
export const byDuration = (c: Columns) => ({
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
})
