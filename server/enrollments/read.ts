import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { classes, enrollments } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import { requireStudent } from '../students/read.ts'
import type { ListEnrollmentsInput } from './input.ts'

const p = sql.placeholder

const ofStudent = prepared((db, scope: Scope) =>
  db
    .select({
      id: enrollments.id,
      classId: classes.id,
      classTitle: classes.title,
      classCode: classes.code,
      status: enrollments.status,
      beginDate: enrollments.beginDate,
      endDate: enrollments.endDate,
      grade: enrollments.grade,
    })
    .from(enrollments)
    .innerJoin(classes, and(eq(classes.schoolId, enrollments.schoolId), eq(classes.id, enrollments.classId)))
    .where(
      and(
        eq(enrollments.schoolId, p('schoolId')),
        eq(enrollments.studentId, p('studentId')),
        isNull(enrollments.archivedAt),
        scope === 'own' ? teaches(db, classes.schoolId, classes.id) : undefined,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id), asc(enrollments.beginDate)),
)

/** A student's classes, by title; for an instructor, only those they teach. */
export async function listEnrollments(ctx: Context, { studentId }: ListEnrollmentsInput) {
  await requireStudent(ctx, studentId)
  return ofStudent(ctx.db, scopeOf(ctx.actor), { schoolId: ctx.school.id, studentId, ...scopeValues(ctx.actor) })
}
