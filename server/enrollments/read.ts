import type { SQL } from 'drizzle-orm'
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, enrollments, students } from '../../db/schema/index.ts'
import type { EnrollmentStatus } from '../../db/values.ts'
import { allows } from '../access.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Changed } from '../journal/operation.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teaches } from '../scope.ts'
import { requireStudent } from '../students/read.ts'
import type { ListEnrollmentsInput } from './input.ts'

const p = sql.placeholder

/** Who was withdrawn on a day to come is so from the day after. */
export const statusOn = (day: unknown): SQL<EnrollmentStatus> =>
  sql`case when ${enrollments.status} = 'enrolled' and ${enrollments.withdrawalReason} is not null and ${enrollments.endDate} < ${day}
    then 'withdrawn' else ${enrollments.status} end`

export const enrollmentFields = {
  id: enrollments.id,
  status: statusOn(p('today')),
  beginDate: enrollments.beginDate,
  endDate: enrollments.endDate,
  grade: enrollments.grade,
  waitlistPosition: enrollments.waitlistPosition,
  version: enrollments.version,
}
export const officeFields = { withdrawalReason: enrollments.withdrawalReason, note: enrollments.note }

export type VisibleFields = 'office' | 'others'
export const visibleFieldsOf = ({ actor }: Pick<Context, 'actor'>): VisibleFields =>
  allows(actor, 'enrollment.write') ? 'office' : 'others'

const ofStudent = prepared((db, shape: `${Scope} ${VisibleFields}`) =>
  db
    .select({
      ...enrollmentFields,
      ...(shape.endsWith('office') && officeFields),
      classId: classes.id,
      classTitle: classes.title,
      classCode: classes.code,
    })
    .from(enrollments)
    .innerJoin(classes, refersTo(enrollments.classId, classes))
    .where(
      inUse(
        enrollments,
        p('schoolId'),
        eq(enrollments.studentId, p('studentId')),
        shape.startsWith('own') ? teaches(db, classes.schoolId, classes.id) : undefined,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id), asc(enrollments.beginDate)),
)

export async function listEnrollments(ctx: Context, { studentId }: ListEnrollmentsInput) {
  await requireStudent(ctx, studentId)
  const values = { schoolId: ctx.school.id, studentId, today: today(ctx), ...scopeValues(ctx.actor) }
  return ofStudent(ctx.db, `${scopeOf(ctx.actor)} ${visibleFieldsOf(ctx)}`, values)
}

export async function promotedBy(tx: Reader, { school }: Context, changed: readonly Changed[], ownId = '') {
  const ids = changed.filter(({ entity, id }) => entity === 'enrollment' && id !== ownId).map(({ id }) => id)
  if (!ids.length) return []
  return tx
    .select({
      id: enrollments.id,
      studentId: students.id,
      classId: enrollments.classId,
      givenName: students.givenName,
      familyName: students.familyName,
      preferredName: students.preferredName,
    })
    .from(enrollments)
    .innerJoin(students, refersTo(enrollments.studentId, students))
    .where(inUse(enrollments, school.id, inArray(enrollments.id, ids), ne(enrollments.status, 'waitlisted')))
    .orderBy(asc(students.sortName), asc(students.id))
}

/** Returns the enrollment and the students who left the waitlist. The answer is for the office. */
export async function readEnrollment(tx: Reader, ctx: Context, id: string, changed: readonly Changed[]) {
  const [found] = await tx
    .select({
      ...enrollmentFields,
      status: statusOn(today(ctx)),
      ...officeFields,
      classId: enrollments.classId,
      studentId: enrollments.studentId,
      archivedAt: enrollments.archivedAt,
    })
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, ctx.school.id), eq(enrollments.id, id)))
  if (!found) throw new DomainError('enrollment.not_found')
  const archivedAt = found.archivedAt?.toISOString() ?? null
  return { ...found, archivedAt, promoted: await promotedBy(tx, ctx, changed, id) }
}
