import { asc, inArray } from 'drizzle-orm'
import { fewBy, inUse, refersTo } from '../../db/rows.ts'
import { guardians, studentGuardians } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'

/** The guardians of these students who are in use, in the order of calling, by the id of a student. */
export async function guardiansOf({ db, school }: Pick<Context, 'db' | 'school'>, ids: readonly string[]) {
  const rows = []
  for (const batch of inBatches(ids))
    rows.push(
      ...(await db
        .select({
          studentId: studentGuardians.studentId,
          guardianId: guardians.id,
          givenName: guardians.givenName,
          middleName: guardians.middleName,
          familyName: guardians.familyName,
          relation: studentGuardians.relation,
          phone: guardians.phone,
          otherPhone: guardians.otherPhone,
          email: guardians.email,
          hasCustody: studentGuardians.hasCustody,
          mayPickUp: studentGuardians.mayPickUp,
          livesWith: studentGuardians.livesWith,
          isBarred: studentGuardians.isBarred,
        })
        .from(studentGuardians)
        .innerJoin(guardians, refersTo(studentGuardians.guardianId, guardians))
        .where(
          inUse(
            studentGuardians,
            school.id,
            inArray(studentGuardians.studentId, batch),
            inUse(guardians, studentGuardians.schoolId),
          ),
        )
        .orderBy(fewBy(studentGuardians.studentId), asc(studentGuardians.priority), asc(studentGuardians.id))),
    )
  const found = grouped(rows, ({ studentId }) => studentId)
  return (id: string) => (found.get(id) ?? []).map(({ studentId: _, ...guardian }) => guardian)
}
