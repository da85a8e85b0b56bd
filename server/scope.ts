import type { SQL, SQLWrapper } from 'drizzle-orm'
import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { classInstructors, enrollments } from '../db/schema/index.ts'
import type { Actor } from './context.ts'

/** 'own' limits an actor to the classes they teach and the students in them. */
export type Scope = 'all' | 'own'
export const scopeOf = ({ role }: Actor): Scope => (role === 'instructor' ? 'own' : 'all')

/** An instructor without a record teaches nothing. */
const nobody = '00000000-0000-0000-0000-000000000000'

export const scopeValues = ({ instructorId }: Actor) => ({ instructorId: instructorId ?? nobody })

const assignments = (db: Reader) => db.select({ one: sql`1` }).from(classInstructors)
/** An assignment that has ended still counts: people come back to whoever taught them. An archived one does not. */
const mine = and(
  eq(classInstructors.instructorId, sql.placeholder('instructorId')),
  isNull(classInstructors.archivedAt),
)

export const teaches = (db: Reader, schoolId: SQLWrapper, classId: SQLWrapper): SQL =>
  exists(
    assignments(db).where(and(eq(classInstructors.schoolId, schoolId), eq(classInstructors.classId, classId), mine)),
  )

/** A student who left the class counts too. */
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
