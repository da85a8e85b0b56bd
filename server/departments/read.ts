import type { SQL } from 'drizzle-orm'
import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { courses, departments, instructors, programs } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, required, theOne } from '../records/read.ts'

const departmentsWhere = (db: Reader, condition: SQL | undefined) =>
  db
    .select({
      id: departments.id,
      name: departments.name,
      programs: countOf(db, programs, departments.schoolId, eq(programs.departmentId, departments.id)),
      courses: countOf(db, courses, departments.schoolId, eq(courses.departmentId, departments.id)),
      instructors: countOf(db, instructors, departments.schoolId, eq(instructors.departmentId, departments.id)),
      version: departments.version,
      archivedAt: departments.archivedAt,
    })
    .from(departments)
    .where(condition)

export async function listDepartments(ctx: Context, input: ListRecordsInput) {
  const rows = await departmentsWhere(ctx.db, listed(departments, ctx, input))
  return inOrder(rows, ({ name }) => name).map(({ archivedAt: _, ...row }) => row)
}

export const readDepartment = async (db: Reader, ctx: Context, id: string) =>
  required(await departmentsWhere(db, theOne(departments, ctx, id)), 'department.not_found')
