import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import { alias } from '../../db/kit.ts'
import { fewBy, inUse } from '../../db/rows.ts'
import { studentGuardians, students } from '../../db/schema/index.ts'
import { gradeOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { requireStudent } from './read.ts'

const hers = alias(studentGuardians, 'hers')

/** Siblings live with the same guardian, or in the same one's custody. Caseworkers and barred guardians do not count. */
export async function listSiblings(ctx: Context, { id }: { id: string }) {
  await requireStudent(ctx, id)
  const theirs = studentGuardians
  const sharingGuardian = ctx.db
    .select({ id: theirs.studentId })
    .from(hers)
    // The order is told: SQLite would begin with all links of the school.
    .crossJoin(theirs)
    .where(
      and(
        eq(theirs.schoolId, hers.schoolId),
        eq(theirs.guardianId, hers.guardianId),
        eq(hers.schoolId, ctx.school.id),
        eq(hers.studentId, id),
        ...[hers, theirs].flatMap((link) => [
          isNull(link.archivedAt),
          eq(link.isBarred, false),
          ne(link.relation, 'caseworker'),
        ]),
        or(
          and(eq(hers.livesWith, true), eq(theirs.livesWith, true)),
          and(eq(hers.hasCustody, true), eq(theirs.hasCustody, true)),
        ),
      ),
    )
  return ctx.db
    .select({
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      gradeLevel: gradeOn(today(ctx)),
    })
    .from(students)
    .where(inUse(students, ctx.school.id, ne(students.id, id), inArray(students.id, sharingGuardian)))
    .orderBy(fewBy(students.sortName), asc(students.id))
}
