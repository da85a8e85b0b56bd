import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { studentAlerts } from '../../db/schema/index.ts'
import { alertKinds } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import type { StudentGuardian } from '../student-guardians/read.ts'
import { guardiansOf } from '../student-guardians/read.ts'
import { requireStudent } from '../students/read.ts'
import type { ListStudentAlertsInput } from './input.ts'

async function alertsOf(db: Reader, schoolId: number, studentId: string) {
  const { id, kind, text, version } = studentAlerts
  const rows = await db
    .select({ id, kind, text, version })
    .from(studentAlerts)
    .where(inUse(studentAlerts, schoolId, eq(studentAlerts.studentId, studentId)))
  const rank = (row: (typeof rows)[number]) => alertKinds.indexOf(row.kind)
  return rows.toSorted((one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1))
}

export interface Caution {
  about: 'barred' | 'nobodyPicksUp' | 'noCustody' | 'askOffice'
  /** Only `barred` names the guardian. */
  guardian?: { id: string; givenName: string; familyName: string }
}

/** A school that keeps no guardians gets no cautions about them. */
function cautionsOf(guardians: StudentGuardian[]): Caution[] {
  const barred = guardians
    .filter(({ isBarred }) => isBarred)
    .map(({ guardianId, givenName, familyName }): Caution => {
      return { about: 'barred', guardian: { id: guardianId, givenName, familyName } }
    })
  if (!guardians.length) return []
  return [
    ...barred,
    ...(guardians.some(({ mayPickUp }) => mayPickUp) ? [] : [{ about: 'nobodyPicksUp' } as const]),
    ...(guardians.some(({ hasCustody }) => hasCustody) ? [] : [{ about: 'noCustody' } as const]),
  ]
}

/** Whoever may not read guardians only learns to ask the office before the student leaves with anybody. */
function cautionsFor({ actor }: Context, guardians: StudentGuardian[]): Caution[] {
  const cautions = cautionsOf(guardians)
  if (allows(actor, 'guardian.read')) return cautions
  return cautions.some(({ about }) => about !== 'noCustody') ? [{ about: 'askOffice' }] : []
}

export async function readStudentAlerts(db: Reader, ctx: Context, studentId: string) {
  const alerts = await alertsOf(db, ctx.school.id, studentId)
  return { alerts, cautions: cautionsFor(ctx, await guardiansOf(db, ctx.school.id, studentId)) }
}

/** Throws `student.not_found` unless the actor may see the student. */
export async function listStudentAlerts(ctx: Context, { studentId }: ListStudentAlertsInput) {
  await requireStudent(ctx, studentId)
  return readStudentAlerts(ctx.db, ctx, studentId)
}
