import type { SQL } from 'drizzle-orm'
import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { departments, programs, students } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, required, theOne } from '../records/read.ts'

/** An instructor filters by program, but does not see how many students each has. */
const programsWhere = (db: Reader, { actor }: Context, condition: SQL | undefined) =>
  db
    .select({
      id: programs.id,
      name: programs.name,
      type: programs.type,
      departmentId: programs.departmentId,
      version: programs.version,
      archivedAt: programs.archivedAt,
      ...(allows(actor, 'department.read') && {
        departmentName: departments.name,
        students: countOf(db, students, programs.schoolId, eq(students.programId, programs.id)),
      }),
    })
    .from(programs)
    .leftJoin(departments, refersTo(programs.departmentId, departments))
    .where(condition)

export async function listPrograms(ctx: Context, input: ListRecordsInput) {
  const rows = await programsWhere(ctx.db, ctx, listed(programs, ctx, input))
  return inOrder(rows, ({ name }) => name).map(({ archivedAt: _, ...row }) => row)
}

export const readProgram = async (db: Reader, ctx: Context, id: string) =>
  required(await programsWhere(db, ctx, theOne(programs, ctx, id)), 'program.not_found')
