import { and, eq, inArray, isNull } from 'drizzle-orm'
import { inUse, refersTo } from '../../db/rows.ts'
import { guardians, studentGuardians, students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import { sortName } from '../people.ts'
import { idsWith, told } from '../records/alike.ts'
import { idsOf } from '../records/kind.ts'
import { addressesOf } from './addresses.ts'
import type { AlikeStudentsInput } from './input.ts'
import { studentsWhere } from './read.ts'

/** Whom the students' rows may name again. */
async function guardiansAmong({ db, school }: Context, studentIds: readonly string[]) {
  const rows = []
  for (const batch of inBatches(studentIds))
    rows.push(
      ...(await db
        .select({
          studentId: studentGuardians.studentId,
          givenName: guardians.givenName,
          familyName: guardians.familyName,
          email: guardians.email,
          phone: guardians.phone,
          otherPhone: guardians.otherPhone,
        })
        .from(studentGuardians)
        .innerJoin(guardians, refersTo(studentGuardians.guardianId, guardians))
        .where(inUse(studentGuardians, school.id, inArray(studentGuardians.studentId, batch)))),
    )
  return grouped(rows, ({ studentId }) => studentId)
}

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
  const guardians = await guardiansAmong(ctx, idsOf(found))
  return found.map(({ erasedAt: _, mergedIntoId: __, sourcedId: ___, medicalNote: ____, ...row }) => ({
    ...told(row),
    addresses: of(row.id),
    guardians: guardians.get(row.id) ?? [],
  }))
}
