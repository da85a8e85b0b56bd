import { sql } from 'drizzle-orm'
import { index, primaryKey, table, uniqueIndex } from '../kit.ts'
import { addressKinds, alertKinds, sexes, studentStatuses } from '../values.ts'
import { programs } from './departments.ts'
import { edited, erasable, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { named } from './people.ts'

export const students = table(
  'students',
  (c) => ({
    ...owned(c),
    ...named(c),
    /** The number is a text: leading zeros count. */
    number: c.text(50),
    /** Lists by number sort by it: 9 comes before 10. */
    numberOrder: c.text(100),
    birthDate: c.date(),
    /** The level is a CEDS code such as 'KG' or '09'; an import may bring others. */
    gradeLevel: c.text(50),
    status: c.oneOf(studentStatuses).notNull().default('active'),
    isInternational: c.boolean().notNull().default(false),
    isCoop: c.boolean().notNull().default(false),
    programId: c.ref(),
    sex: c.oneOf(sexes),
    homeLanguage: c.text(100),
    previousSchool: c.text(200),
    /** Longer than an alert, and for fewer people. */
    medicalNote: c.text(5000),
    photo: c.text(64),
    mergedIntoId: c.ref(),
    ...exchanged(c),
    ...edited(c),
    ...erasable(c),
  }),
  (t) => [
    ...ownedKeys('students', t),
    exchangedKey('students', t),
    within('students_program_fk', t, t.programId, programs),
    within('students_merged_into_fk', t, t.mergedIntoId, t),
    uniqueIndex('students_number_uq').on(t.schoolId, t.number).where(sql`${t.archivedAt} is null`),
    index('students_archived_number_ix').on(t.schoolId, t.number).where(sql`${t.archivedAt} is not null`),
    index('students_sort_ix').on(t.schoolId, t.sortName, t.id),
    index('students_same_ix').on(t.schoolId, t.sortName, t.birthDate).where(sql`${t.archivedAt} is null`),
    index('students_merged_into_ix').on(t.schoolId, t.mergedIntoId).where(sql`${t.mergedIntoId} is not null`),
    index('students_photo_ix').on(t.schoolId, t.photo).where(sql`${t.photo} is not null`),
    index('students_program_ix').on(t.schoolId, t.programId, t.archivedAt),
  ],
)

/** A small JPEG fits into one row; the hash is SHA-256. The student is the one it was sent for: who has it now says `students.photo`. */
export const studentPhotos = table(
  'student_photos',
  (c) => ({
    schoolId: c.integer().notNull(),
    hash: c.text(64).notNull(),
    studentId: c.ref().notNull(),
    width: c.integer().notNull(),
    height: c.integer().notNull(),
    /** In base64. */
    content: c.text(270_000).notNull(),
    /** When it was sent, or last taken off a student. */
    usedAt: c.timestamp().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'student_photos_pk', columns: [t.schoolId, t.hash] }),
    within('student_photos_student_fk', t, t.studentId, students),
    index('student_photos_student_ix').on(t.schoolId, t.studentId),
    index('student_photos_used_ix').on(t.usedAt),
  ],
)

export const studentAddresses = table(
  'student_addresses',
  (c) => ({
    ...owned(c),
    studentId: c.ref().notNull(),
    kind: c.oneOf(addressKinds).notNull(),
    street: c.text(300),
    city: c.text(100),
    region: c.text(100),
    postalCode: c.text(20),
    country: c.text(100),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('student_addresses', t),
    within('student_addresses_student_fk', t, t.studentId, students),
    index('student_addresses_student_ix').on(t.schoolId, t.studentId),
    uniqueIndex('student_addresses_kind_uq').on(t.schoolId, t.studentId, t.kind).where(sql`${t.archivedAt} is null`),
  ],
)

export const studentAlerts = table(
  'student_alerts',
  (c) => ({
    ...owned(c),
    studentId: c.ref().notNull(),
    kind: c.oneOf(alertKinds).notNull(),
    text: c.text(500).notNull(),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('student_alerts', t),
    within('student_alerts_student_fk', t, t.studentId, students),
    index('student_alerts_student_ix').on(t.schoolId, t.studentId),
  ],
)
