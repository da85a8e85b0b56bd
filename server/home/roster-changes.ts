import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, enrollments, journal, operations, students } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { scopeValues } from '../scope.ts'
import { sinceYesterday } from './changes.ts'

const p = sql.placeholder

const ownEnrollments = prepared((db, _shape: 'all') =>
  db
    .select({ id: enrollments.id })
    .from(classInstructors)
    .innerJoin(classes, refersTo(classInstructors.classId, classes))
    .innerJoin(
      enrollments,
      and(eq(enrollments.schoolId, classInstructors.schoolId), eq(enrollments.classId, classInstructors.classId)),
    )
    .where(
      inUse(
        classInstructors,
        p('schoolId'),
        eq(classInstructors.instructorId, p('instructorId')),
        isNull(classes.archivedAt),
        isNull(enrollments.archivedAt),
      ),
    ),
)

async function changedOf({ db, school }: Context, ids: string[], since: Date) {
  const changed = await db
    .selectDistinct({ id: journal.entityId })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .where(
      and(
        eq(journal.schoolId, school.id),
        eq(journal.entity, 'enrollment'),
        inArray(journal.entityId, ids),
        gte(operations.at, since),
      ),
    )
  if (!changed.length) return []
  return db
    .select({
      id: enrollments.id,
      status: enrollments.status,
      classId: classes.id,
      classTitle: classes.title,
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
    })
    .from(enrollments)
    .innerJoin(classes, refersTo(enrollments.classId, classes))
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(
      and(
        eq(enrollments.schoolId, school.id),
        inArray(
          enrollments.id,
          changed.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id), asc(students.sortName), asc(students.id))
    .limit(shown)
}
const shown = 40

/** An import of yesterday has far more entries than an instructor has students, so these begin with the students. */
export async function readRosterChanges(ctx: Context) {
  const own = await ownEnrollments(ctx.db, 'all', { ...scopeValues(ctx.actor), schoolId: ctx.school.id })
  if (!own.length) return []
  return changedOf(ctx, [...new Set(own.map(({ id }) => id))], sinceYesterday(ctx))
}
