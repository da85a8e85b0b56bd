import { sql } from 'drizzle-orm'
import { check, index, table } from '../kit.ts'
import { academicSessionTypes } from '../values.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'

/** OneRoster 1.2, section 4.1: a session is a school year, semester, term or grading period. */
export const academicSessions = table(
  'academic_sessions',
  (c) => ({
    ...owned(c),
    title: c.text(200).notNull(),
    type: c.oneOf(academicSessionTypes).notNull(),
    startDate: c.date().notNull(),
    endDate: c.date().notNull(),
    schoolYear: c.integer(),
    parentId: c.ref(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('academic_sessions', t),
    exchangedKey('academic_sessions', t),
    within('academic_sessions_parent_fk', t, t.parentId, t),
    check('academic_sessions_dates_order', sql`${t.startDate} <= ${t.endDate}`),
    check('academic_sessions_parent_other', sql`${t.parentId} <> ${t.id}`),
    index('academic_sessions_dates_ix').on(t.schoolId, t.startDate),
  ],
)
