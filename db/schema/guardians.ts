import { sql } from 'drizzle-orm'
import { check, index, table, uniqueIndex } from '../kit.ts'
import { guardianRelations } from '../values.ts'
import { edited, erasable, exchanged, exchangedKey, owned, ownedKeys, within } from './owned.ts'
import { named } from './people.ts'
import { students } from './students.ts'

export const guardians = table(
  'guardians',
  (c) => ({
    ...owned(c),
    ...named(c),
    phone: c.text(50),
    otherPhone: c.text(50),
    ...exchanged(c),
    ...edited(c),
    ...erasable(c),
  }),
  (t) => [
    ...ownedKeys('guardians', t),
    exchangedKey('guardians', t),
    index('guardians_sort_ix').on(t.schoolId, t.sortName, t.id),
  ],
)

export const studentGuardians = table(
  'student_guardians',
  (c) => ({
    ...owned(c),
    studentId: c.ref().notNull(),
    guardianId: c.ref().notNull(),
    relation: c.oneOf(guardianRelations).notNull(),
    priority: c.integer().notNull(),
    hasCustody: c.boolean().notNull(),
    mayPickUp: c.boolean().notNull(),
    livesWith: c.boolean().notNull(),
    /** A barred guardian has no contact with the student, such as by a court's order; the screens warn of it. */
    isBarred: c.boolean().notNull().default(false),
    note: c.text(500),
    ...edited(c),
  }),
  (t) => [
    ...ownedKeys('student_guardians', t),
    within('student_guardians_student_fk', t, t.studentId, students),
    within('student_guardians_guardian_fk', t, t.guardianId, guardians),
    uniqueIndex('student_guardians_uq').on(t.schoolId, t.studentId, t.guardianId).where(sql`${t.archivedAt} is null`),
    check('student_guardians_priority_positive', sql`${t.priority} >= 1`),
    index('student_guardians_student_ix').on(t.schoolId, t.studentId),
    index('student_guardians_guardian_ix').on(t.schoolId, t.guardianId, t.studentId),
  ],
)
