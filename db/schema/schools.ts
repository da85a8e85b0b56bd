import { table, uniqueIndex } from '../kit.ts'

export const schools = table(
  'schools',
  (c) => ({
    id: c.integer().primaryKey(),
    name: c.text(200).notNull(),
    slug: c.text(60).notNull(),
    timeZone: c.text(60).notNull(),
    locale: c.text(35).notNull(),
    isDemo: c.boolean().notNull().default(false),
    /** The system whose ids the school and its records carry; null until an import names the school. */
    source: c.text(255),
    sourcedId: c.text(255),
    extra: c.json<Record<string, string>>().notNull().default({}),
    version: c.integer().notNull().default(1),
    archivedAt: c.timestamp(),
  }),
  (t) => [
    uniqueIndex('schools_slug_uq').on(t.slug),
    uniqueIndex('schools_source_sourced_id_uq').on(t.source, t.sourcedId),
  ],
)
