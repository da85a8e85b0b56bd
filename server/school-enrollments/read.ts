import { desc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { schoolEnrollments } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { requireStudent } from '../students/read.ts'
import type { ListSchoolEnrollmentsInput } from './input.ts'

/** The latest days first. How she left, and where she went, needs `student.readPrivate`. */
export async function schoolEnrollmentsOf(db: Reader, { school, actor }: Context, studentId: string) {
  const { id, beginDate, endDate, gradeLevel, entryType, exitType, destination, fte, version } = schoolEnrollments
  return db
    .select({
      ...{ id, beginDate, endDate, gradeLevel, entryType, fte, version },
      ...(allows(actor, 'student.readPrivate') && { exitType, destination }),
    })
    .from(schoolEnrollments)
    .where(inUse(schoolEnrollments, school.id, eq(schoolEnrollments.studentId, studentId)))
    .orderBy(desc(beginDate))
}

/** Throws `student.not_found` unless the actor may see the student. */
export async function listSchoolEnrollments(ctx: Context, { studentId }: ListSchoolEnrollmentsInput) {
  await requireStudent(ctx, studentId)
  return schoolEnrollmentsOf(ctx.db, ctx, studentId)
}
