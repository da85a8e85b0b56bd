import { asc, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { fewBy, inUse, refersTo } from '../../db/rows.ts'
import { guardians, studentGuardians, students } from '../../db/schema/index.ts'
import { gradeOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { requiredPerson, theOne } from '../records/read.ts'

const studentsOf = (db: Reader, ctx: Context, guardianId: string) =>
  db
    .select({
      id: studentGuardians.id,
      studentId: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      gradeLevel: gradeOn(today(ctx)),
      relation: studentGuardians.relation,
      priority: studentGuardians.priority,
      hasCustody: studentGuardians.hasCustody,
      mayPickUp: studentGuardians.mayPickUp,
      livesWith: studentGuardians.livesWith,
      isBarred: studentGuardians.isBarred,
    })
    .from(studentGuardians)
    .innerJoin(students, refersTo(studentGuardians.studentId, students))
    .where(
      inUse(studentGuardians, ctx.school.id, eq(studentGuardians.guardianId, guardianId), isNull(students.archivedAt)),
    )
    .orderBy(fewBy(students.sortName), asc(students.id))

export const guardianColumns = {
  id: guardians.id,
  givenName: guardians.givenName,
  middleName: guardians.middleName,
  familyName: guardians.familyName,
  preferredName: guardians.preferredName,
  email: guardians.email,
  phone: guardians.phone,
  otherPhone: guardians.otherPhone,
  sourcedId: guardians.sourcedId,
  version: guardians.version,
  archivedAt: guardians.archivedAt,
  erasedAt: guardians.erasedAt,
}

export async function readGuardian(db: Reader, ctx: Context, id: string) {
  const found = await db
    .select(guardianColumns)
    .from(guardians)
    .where(theOne(guardians, ctx, id))
  return { ...requiredPerson(found, 'guardian.not_found'), students: await studentsOf(db, ctx, id) }
}
