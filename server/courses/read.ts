import type { SQL } from 'drizzle-orm'
import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { classes, courses, departments } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, required, theOne } from '../records/read.ts'

const coursesWhere = (db: Reader, condition: SQL | undefined) =>
  db
    .select({
      id: courses.id,
      code: courses.code,
      title: courses.title,
      credits: courses.credits,
      departmentId: courses.departmentId,
      departmentName: departments.name,
      classes: countOf(db, classes, courses.schoolId, eq(classes.courseId, courses.id)),
      version: courses.version,
      archivedAt: courses.archivedAt,
    })
    .from(courses)
    .leftJoin(departments, refersTo(courses.departmentId, departments))
    .where(condition)

export async function listCourses(ctx: Context, input: ListRecordsInput) {
  const rows = await coursesWhere(ctx.db, listed(courses, ctx, input))
  return inOrder(rows, ({ title, code }) => `${title} ${code ?? ''}`).map(({ archivedAt: _, ...row }) => row)
}

export const readCourse = async (db: Reader, ctx: Context, id: string) =>
  required(await coursesWhere(db, theOne(courses, ctx, id)), 'course.not_found')
