import { and, eq, inArray, isNull } from 'drizzle-orm'
import { students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import { sortName } from '../people.ts'
import { idsWith, told } from '../records/alike.ts'
import { idsOf } from '../records/kind.ts'
import { addressesOf } from './addresses.ts'
import type { AlikeStudentsInput } from './input.ts'
import { studentsWhere } from './read.ts'

/** The students of these names and numbers, with addresses. */
export async function findAlikeStudents(ctx: Context, { people, numbers }: AlikeStudentsInput) {
  const { db, school } = ctx
  const ids = new Set([
    ...(await idsWith(ctx, students, students.number, numbers, isNull(students.archivedAt))),
    ...(await idsWith(ctx, students, students.sortName, people.map(sortName))),
  ])
  const found = []
  for (const batch of inBatches(ids))
    found.push(
      ...(await studentsWhere(
        db,
        and(
          eq(students.schoolId, school.id),
          inArray(students.id, batch),
          isNull(students.erasedAt),
          isNull(students.mergedIntoId),
        ),
        today(ctx),
      )),
    )
  const of = await addressesOf(ctx, idsOf(found))
  return found.map(({ erasedAt: _, mergedIntoId: __, sourcedId: ___, ...row }) => ({
    ...told(row),
    addresses: of(row.id),
  }))
}
