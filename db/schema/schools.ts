import { table, uniqueIndex } from '../kit.ts'

export const schools = table(
  'schools',
  (c) => ({
    id: c.integer().primaryKey(),
    name: c.text(200).notNull(),
    /** The first segment of every URL, such as 'northgate'. */
    slug: c.text(60).notNull(),
    /** IANA name: the zone of the school's clocks and of its "today". */
    timeZone: c.text(60).notNull(),
    /** BCP 47, such as 'en-GB'. */
    locale: c.text(35).notNull(),
    isDemo: c.boolean().notNull().default(false),
    sourcedId: c.text(255),
    extra: c.json<Record<string, string>>().notNull().default({}),
    version: c.integer().notNull().default(1),
    archivedAt: c.timestamp(),
  }),
  (t) => [uniqueIndex('schools_slug_uq').on(t.slug), uniqueIndex('schools_sourced_id_uq').on(t.sourcedId)],
)
