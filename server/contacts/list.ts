import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { fewBy } from '../../db/rows.ts'
import { students } from '../../db/schema/index.ts'
import { alertKinds } from '../../db/values.ts'
import { allows } from '../access.ts'
import { gradeOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { idsOf, rowsWith } from '../records/kind.ts'
import { studentAlertKind } from '../student-alerts/kind.ts'
import { addressesOf } from '../students/addresses.ts'
import { guardiansOf } from '../students/guardians.ts'
import type { ListContactsInput } from './input.ts'

function namesOf(ctx: Context, ids: readonly string[]) {
  const { id, givenName, middleName, familyName, preferredName, number, birthDate, photo } = students
  const gradeLevel = gradeOn(today(ctx))
  return ctx.db
    .select({ id, givenName, middleName, familyName, preferredName, number, birthDate, photo, gradeLevel })
    .from(students)
    .where(and(eq(students.schoolId, ctx.school.id), inArray(students.id, [...ids]), isNull(students.erasedAt)))
    .orderBy(fewBy(students.sortName), asc(students.id))
}

async function alertsOf({ db, school }: Context, ids: readonly string[]) {
  const rows = await rowsWith(db, studentAlertKind, school.id, 'studentId', ids)
  const found = grouped(
    rows
      .filter(({ archivedAt }) => !archivedAt)
      .toSorted((a, b) => alertKinds.indexOf(a.kind) - alertKinds.indexOf(b.kind)),
    ({ studentId }) => studentId,
  )
  return (id: string) => (found.get(id) ?? []).map(({ id: alertId, kind, text }) => ({ id: alertId, kind, text }))
}

/** The answer holds what the caller may see. A student of another school is left out. */
export async function listContacts(ctx: Context, { studentIds }: ListContactsInput) {
  const { actor } = ctx
  const [isPrivate, seesAlerts] = [allows(actor, 'student.readPrivate'), allows(actor, 'student.readAlerts')]
  const found = await namesOf(ctx, studentIds)
  const ids = idsOf(found)
  const [guardians, addresses, alerts] = await Promise.all([
    guardiansOf(ctx, ids),
    isPrivate ? addressesOf(ctx, ids) : undefined,
    seesAlerts ? alertsOf(ctx, ids) : undefined,
  ])
  return found.map(({ birthDate, ...student }) => ({
    ...student,
    guardians: guardians(student.id),
    alerts: alerts?.(student.id) ?? [],
    ...(isPrivate && { birthDate }),
    addresses: addresses?.(student.id) ?? [],
  }))
}
