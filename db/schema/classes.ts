import { sql } from 'drizzle-orm'
import { check, index, table, uniqueIndex } from '../kit.ts'
import { academicSessions } from './academic-sessions.ts'
import { departments } from './departments.ts'
import { instructors } from './instructors.ts'
import { edited, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { rooms } from './rooms.ts'

export const courses = table(
  'courses',
  (c) => ({
    ...owned(c),
    code: c.text(100),
    title: c.text(200).notNull(),
    credits: c.decimal(6, 2),
    departmentId: c.ref(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('courses', t),
    exchangedKey('courses', t),
    within('courses_department_fk', t, t.departmentId, departments),
    uniqueIndex('courses_code_uq').on(t.schoolId, t.code).where(sql`${t.archivedAt} is null`),
    check('courses_credits_positive', sql`${t.credits} >= 0`),
    index('courses_department_ix').on(t.schoolId, t.departmentId, t.archivedAt),
  ],
)

export const classes = table(
  'classes',
  (c) => ({
    ...owned(c),
    code: c.text(100),
    title: c.text(200).notNull(),
    sortName: c.text(500).notNull(),
    courseId: c.ref(),
    /** A class without it has no limit. Taken seats are counted, never stored. */
    capacity: c.integer(),
    roomId: c.ref(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('classes', t),
    exchangedKey('classes', t),
    within('classes_course_fk', t, t.courseId, courses),
    within('classes_room_fk', t, t.roomId, rooms),
    check('classes_capacity_positive', sql`${t.capacity} >= 0`),
    index('classes_sort_ix').on(t.schoolId, t.sortName, t.id),
    index('classes_course_ix').on(t.schoolId, t.courseId),
    index('classes_room_ix').on(t.schoolId, t.roomId, t.archivedAt),
  ],
)

export const classTerms = table(
  'class_terms',
  (c) => ({ ...owned(c), classId: c.ref().notNull(), academicSessionId: c.ref().notNull(), ...edited(c) }),
  (t) => [
    ...ownedKeys('class_terms', t),
    within('class_terms_class_fk', t, t.classId, classes),
    within('class_terms_academic_session_fk', t, t.academicSessionId, academicSessions),
    uniqueIndex('class_terms_uq').on(t.schoolId, t.classId, t.academicSessionId),
    index('class_terms_academic_session_ix').on(t.schoolId, t.academicSessionId),
  ],
)

/** A class has at most one primary instructor a day. */
export const classInstructors = table(
  'class_instructors',
  (c) => ({
    ...owned(c),
    classId: c.ref().notNull(),
    instructorId: c.ref().notNull(),
    isPrimary: c.boolean().notNull().default(false),
    beginDate: c.date(),
    endDate: c.date(),
    ...exchanged(c),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('class_instructors', t),
    exchangedKey('class_instructors', t),
    within('class_instructors_class_fk', t, t.classId, classes),
    within('class_instructors_instructor_fk', t, t.instructorId, instructors),
    uniqueIndex('class_instructors_uq')
      .on(t.schoolId, t.classId, t.instructorId, t.beginDate)
      .where(sql`${t.archivedAt} is null`),
    check('class_instructors_dates_order', sql`${t.beginDate} <= ${t.endDate}`),
    index('class_instructors_class_ix').on(t.schoolId, t.classId),
    index('class_instructors_instructor_ix').on(t.schoolId, t.instructorId, t.classId),
  ],
)
