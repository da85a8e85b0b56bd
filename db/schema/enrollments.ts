import { sql } from 'drizzle-orm'
import { check, index, table, uniqueIndex } from '../kit.ts'
import { enrollmentStatuses, withdrawalReasons } from '../values.ts'
import { classes } from './classes.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { students } from './students.ts'

/** One student's ranges in one class never overlap. */
export const enrollments = table(
  'enrollments',
  (c) => ({
    ...owned(c),
    studentId: c.ref().notNull(),
    classId: c.ref().notNull(),
    /** A null begins with the class. */
    beginDate: c.date(),
    endDate: c.date(),
    status: c.oneOf(enrollmentStatuses).notNull(),
    grade: c.text(20),
    /** The smallest is first. Only a waitlisted student has a position; a class never gives one twice. */
    waitlistPosition: c.integer(),
    withdrawalReason: c.oneOf(withdrawalReasons),
    note: c.text(500),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('enrollments', t),
    exchangedKey('enrollments', t),
    within('enrollments_student_fk', t, t.studentId, students),
    within('enrollments_class_fk', t, t.classId, classes),
    uniqueIndex('enrollments_begin_uq')
      .on(t.schoolId, t.classId, t.studentId, t.beginDate)
      .where(sql`${t.archivedAt} is null`),
    uniqueIndex('enrollments_waitlist_uq').on(t.schoolId, t.classId, t.waitlistPosition),
    check('enrollments_waitlist_place', sql`(${t.status} = 'waitlisted') or (${t.waitlistPosition} is null)`),
    check('enrollments_dates_order', sql`${t.beginDate} <= ${t.endDate}`),
    // Its last two columns are constant: SQLite prefers it to enrollments_begin_uq only if it needs no row of the table.
    index('enrollments_seats_ix')
      .on(t.schoolId, t.classId, t.studentId, t.endDate, t.status, t.archivedAt)
      .where(sql`${t.status} = 'enrolled' and ${t.archivedAt} is null`),
    index('enrollments_student_ix').on(t.schoolId, t.studentId, t.classId),
  ],
)
