import { asc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { guardians, studentGuardians } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { requireStudent } from '../students/read.ts'
import type { ListStudentGuardiansInput } from './input.ts'

/** Guardians come in the order of calling. An archived one stays, marked, until unlinked. */
export async function guardiansOf(db: Reader, schoolId: number, studentId: string) {
  const rows = await db
    .select({
      id: studentGuardians.id,
      version: studentGuardians.version,
      guardianId: guardians.id,
      givenName: guardians.givenName,
      middleName: guardians.middleName,
      familyName: guardians.familyName,
      email: guardians.email,
      phone: guardians.phone,
      otherPhone: guardians.otherPhone,
      archivedAt: guardians.archivedAt,
      relation: studentGuardians.relation,
      priority: studentGuardians.priority,
      hasCustody: studentGuardians.hasCustody,
      mayPickUp: studentGuardians.mayPickUp,
      livesWith: studentGuardians.livesWith,
      isBarred: studentGuardians.isBarred,
      note: studentGuardians.note,
    })
    .from(studentGuardians)
    .innerJoin(guardians, refersTo(studentGuardians.guardianId, guardians))
    .where(inUse(studentGuardians, schoolId, eq(studentGuardians.studentId, studentId)))
    .orderBy(asc(studentGuardians.priority), asc(studentGuardians.id))
  return rows.map(({ archivedAt, ...row }) => ({ ...row, isArchived: archivedAt !== null }))
}
export type StudentGuardian = Awaited<ReturnType<typeof guardiansOf>>[number]

export async function listStudentGuardians(ctx: Context, { studentId }: ListStudentGuardiansInput) {
  await requireStudent(ctx, studentId)
  return guardiansOf(ctx.db, ctx.school.id, studentId)
}
