/** Which rows an actor may see: conditions that every read of people and classes carries. */
import type { SQL, SQLWrapper } from 'drizzle-orm'
import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { classInstructors, enrollments } from '../db/schema/index.ts'
import type { Actor } from './context.ts'

/** 'own': only the classes one teaches and the students in them. */
export type Scope = 'all' | 'own'
export const scopeOf = ({ role }: Actor): Scope => (role === 'instructor' ? 'own' : 'all')

/** Nobody's id: an instructor who is not linked to a record teaches nothing. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The values that `teaches` and `teachesStudent` ask for. */
export const scopeValues = ({ instructorId }: Actor) => ({ instructorId: instructorId ?? nobody })

const assignments = (db: Reader) => db.select({ one: sql`1` }).from(classInstructors)
/** An assignment that has ended still counts: people come back to whoever taught them. An archived one doesn't. */
const mine = and(
  eq(classInstructors.instructorId, sql.placeholder('instructorId')),
  isNull(classInstructors.archivedAt),
)

/** Whether the actor teaches the class in `schoolId` and `classId`. */
export const teaches = (db: Reader, schoolId: SQLWrapper, classId: SQLWrapper): SQL =>
  exists(
    assignments(db).where(and(eq(classInstructors.schoolId, schoolId), eq(classInstructors.classId, classId), mine)),
  )

/** Whether the actor teaches a class the student is enrolled in, or was. */
export const teachesStudent = (db: Reader, schoolId: SQLWrapper, studentId: SQLWrapper): SQL =>
  exists(
    assignments(db)
      .innerJoin(
        enrollments,
        and(eq(enrollments.schoolId, classInstructors.schoolId), eq(enrollments.classId, classInstructors.classId)),
      )
      .where(
        and(
          eq(classInstructors.schoolId, schoolId),
          eq(enrollments.studentId, studentId),
          isNull(enrollments.archivedAt),
          mine,
        ),
      ),
  )
