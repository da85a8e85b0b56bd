import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { classes, guardians } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { enrollmentKind } from '../enrollments/kind.ts'
import { DomainError } from '../errors.ts'
import { called } from '../people.ts'
import type { KindCore, RecordTable, RowOf } from '../records/kind.ts'
import type { Edit } from '../records/write.ts'
import { currentRecord } from '../records/write.ts'
import type { SchoolEnrollmentRow } from '../school-enrollments/core.ts'
import { schoolEnrollmentCore, statusBy } from '../school-enrollments/core.ts'
import { daysOf } from '../school-enrollments/days.ts'
import { studentAlertKind } from '../student-alerts/kind.ts'
import { studentGuardianKind } from '../student-guardians/kind.ts'
import { studentKind } from '../students/kind.ts'
import { readStudent } from '../students/read.ts'
import type { MergePreviewInput } from './input.ts'
import type { MergePlan } from './plan.ts'
import { planMerge } from './plan.ts'

async function classTitles(db: Reader, schoolId: number, ids: readonly string[]) {
  if (!ids.length) return new Map<string, string>()
  const rows = await db
    .select({ id: classes.id, title: classes.title })
    .from(classes)
    .where(and(eq(classes.schoolId, schoolId), inArray(classes.id, [...ids])))
  return new Map(rows.map(({ id, title }) => [id, title]))
}
async function guardianNames(db: Reader, schoolId: number, ids: readonly string[]) {
  if (!ids.length) return new Map<string, string>()
  const rows = await db
    .select({ id: guardians.id, givenName: guardians.givenName, familyName: guardians.familyName })
    .from(guardians)
    .where(and(eq(guardians.schoolId, schoolId), inArray(guardians.id, [...ids])))
  return new Map(rows.map(({ id, ...names }) => [id, called(names)]))
}

function tallyOf<T extends RecordTable>(
  edits: readonly Edit<T>[],
  goneId: string,
  nameOf: (row: RowOf<T>) => string | undefined,
) {
  const ofGone = edits.filter(({ before }) => before.studentId === goneId)
  const names = (folded: boolean) =>
    ofGone.filter(({ fields }) => Boolean(fields.archivedAt) === folded).flatMap(({ before }) => nameOf(before) ?? [])
  return { moved: names(false), folded: names(true) }
}

const editsOf = <T extends RecordTable>({ parts }: MergePlan, { entity }: KindCore<T>) =>
  parts.flatMap(({ kind, edits }) => (kind.entity === entity ? edits : [])) as Edit<T>[]

async function tallies(db: Reader, { school }: Context, plan: MergePlan, goneId: string) {
  const enrolled = editsOf(plan, enrollmentKind)
  const links = editsOf(plan, studentGuardianKind)
  const titles = await classTitles(
    db,
    school.id,
    enrolled.map(({ before }) => before.classId),
  )
  const names = await guardianNames(
    db,
    school.id,
    links.map(({ before }) => before.guardianId),
  )
  return {
    classes: tallyOf(enrolled, goneId, ({ classId }) => titles.get(classId)),
    guardians: tallyOf(links, goneId, ({ guardianId }) => names.get(guardianId)),
    alerts: tallyOf(editsOf(plan, studentAlertKind), goneId, ({ text }) => text),
  }
}

/** What the days at the school of both records make of the status, whatever is chosen; null where neither has days. */
async function statusByDays(db: Reader, ctx: Context, plan: MergePlan) {
  const days = await daysOf(db, ctx, [plan.gone.before.id, plan.kept.before.id])
  const fields = new Map(editsOf(plan, schoolEnrollmentCore).map((edit) => [edit.before.id, edit.fields]))
  const rows = [...days.values()].flat().map((row) => ({ ...row, ...fields.get(row.id) }) as SchoolEnrollmentRow)
  const stay = rows.filter(({ archivedAt }) => !archivedAt)
  return stay.length ? statusBy(stay, today(ctx)) : null
}

export async function previewMerge(ctx: Context, { id, intoId }: MergePreviewInput) {
  if (id === intoId) throw new DomainError('merge.same')
  return ctx.db.snapshot(async (db) => {
    const gone = await currentRecord(db, studentKind, ctx.school.id, id)
    const kept = await currentRecord(db, studentKind, ctx.school.id, intoId)
    const plan = await planMerge(db, ctx, { gone, kept }, [])
    return {
      gone: await readStudent(db, ctx, id),
      kept: await readStudent(db, ctx, intoId),
      statusByDays: await statusByDays(db, ctx, plan),
      ...(await tallies(db, ctx, plan, id)),
    }
  })
}
