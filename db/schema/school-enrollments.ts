import { sql } from 'drizzle-orm'
import { check, index, table, uniqueIndex } from '../kit.ts'
import { schoolEntryTypes, schoolExitTypes } from '../values.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { students } from './students.ts'

/** One student's ranges never overlap. A student without a row counts by `students.status`. */
export const schoolEnrollments = table(
  'school_enrollments',
  (c) => ({
    ...owned(c),
    studentId: c.ref().notNull(),
    /** Where it is null, `students.gradeLevel` counts. */
    gradeLevel: c.text(50),
    beginDate: c.date().notNull(),
    endDate: c.date(),
    entryType: c.oneOf(schoolEntryTypes),
    exitType: c.oneOf(schoolExitTypes),
    /** The school or place to which the student goes. */
    destination: c.text(200),
    /** The part of a full-time place: '1.000' is a whole one. */
    fte: c.decimal(4, 3).notNull(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('school_enrollments', t),
    exchangedKey('school_enrollments', t),
    within('school_enrollments_student_fk', t, t.studentId, students),
    uniqueIndex('school_enrollments_begin_uq')
      .on(t.schoolId, t.studentId, t.beginDate)
      .where(sql`${t.archivedAt} is null`),
    index('school_enrollments_student_ix').on(t.schoolId, t.studentId, t.beginDate),
    check('school_enrollments_dates_order', sql`${t.beginDate} <= ${t.endDate}`),
    check('school_enrollments_fte_positive', sql`${t.fte} >= 0`),
  ],
)
