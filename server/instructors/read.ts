import type { SQL } from 'drizzle-orm'
import { and, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { classInstructors, departments, instructors } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import { isOpenOn } from '../class-instructors/core.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, requiredPerson, theOne } from '../records/read.ts'

const instructorsWhere = (db: Reader, ctx: Context, condition: SQL | undefined) =>
  db
    .select({
      id: instructors.id,
      givenName: instructors.givenName,
      middleName: instructors.middleName,
      familyName: instructors.familyName,
      preferredName: instructors.preferredName,
      email: instructors.email,
      employment: instructors.employment,
      status: instructors.status,
      departmentId: instructors.departmentId,
      departmentName: departments.name,
      classes: countOf(
        db,
        classInstructors,
        instructors.schoolId,
        and(eq(classInstructors.instructorId, instructors.id), isOpenOn(today(ctx))),
      ),
      sortName: instructors.sortName,
      version: instructors.version,
      archivedAt: instructors.archivedAt,
      erasedAt: instructors.erasedAt,
    })
    .from(instructors)
    .leftJoin(departments, refersTo(instructors.departmentId, departments))
    .where(condition)

export async function listInstructors(ctx: Context, input: ListRecordsInput) {
  const rows = await instructorsWhere(ctx.db, ctx, listed(instructors, ctx, input))
  return inOrder(rows, ({ sortName }) => sortName).map(({ archivedAt: _, erasedAt: __, sortName: ___, ...row }) => row)
}

export async function readInstructor(db: Reader, ctx: Context, id: string) {
  const rows = await instructorsWhere(db, ctx, theOne(instructors, ctx, id))
  const { sortName: _, ...instructor } = requiredPerson(rows, 'instructor.not_found')
  return instructor
}
