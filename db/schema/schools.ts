import { table, uniqueIndex } from '../kit.ts'
import type { GradeLevel, UsualTerm } from '../values.ts'

/** Student numbers of a pattern that were given, both ends included. */
export interface GivenNumbers {
  pattern: string
  from: number
  to: number
}

export const schools = table(
  'schools',
  (c) => ({
    id: c.integer().primaryKey(),
    name: c.text(200).notNull(),
    slug: c.text(60).notNull(),
    timeZone: c.text(60).notNull(),
    locale: c.text(35).notNull(),
    /** The days it is open, by their numbers; 1 is Monday. */
    weekdays: c.text(7).notNull().default('12345'),
    /** The grade levels it teaches, youngest first; with none, the usual ones are offered. */
    gradeLevels: c.json<GradeLevel[]>().notNull().default([]),
    /** `#` is a digit of the number, `{year}` the year in which it is given; null where numbers are typed by hand. */
    studentNumberPattern: c.text(50),
    studentNumberFrom: c.integer().notNull().default(1),
    /** The highest that was given by this pattern, and all that were by any. No journal tells of them, so that no undo gives one again. */
    studentNumberLast: c.integer().notNull().default(0),
    studentNumbersGiven: c.json<GivenNumbers[]>().notNull().default([]),
    /** These end a session earlier than the register does. */
    idleMinutes: c.integer(),
    sessionHours: c.integer(),
    /** 'MM-DD': what the form of a new school year begins with. */
    yearBegins: c.text(5),
    yearEnds: c.text(5),
    usualTerms: c.json<UsualTerm[]>().notNull().default([]),
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
