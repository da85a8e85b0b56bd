/** What a merge changes, planned from what both records have, in the order in which it can be written and undone. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { enrollments, studentAddresses, studentAlerts, studentGuardians } from '../../db/schema/index.ts'
import type { Context, MutationContext } from '../context.ts'
import { today } from '../context.ts'
import { enrollmentKind } from '../enrollments/kind.ts'
import { promoteWaiting } from '../enrollments/seats.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, Kind, RecordTable, RowOf } from '../records/kind.ts'
import { changeRecord } from '../records/write.ts'
import { studentAlertKind } from '../student-alerts/kind.ts'
import { studentGuardianKind } from '../student-guardians/kind.ts'
import type { StudentRow } from '../students/kind.ts'
import { studentAddressKind, studentKind } from '../students/kind.ts'
import { foldAddresses, foldAlerts, foldLinks } from './around.ts'
import { foldEnrollments } from './enrollments.ts'
import { fieldsGone, fieldsKept } from './fields.ts'
import type { MergeField } from './input.ts'
import type { Places } from './places.ts'

/** All rows of both records, as `merge` is to fold them. */
async function belongings(db: Reader, schoolId: number, { goneId, keptId }: Places) {
  const of = (table: typeof studentAddresses | typeof studentAlerts | typeof studentGuardians) =>
    and(eq(table.schoolId, schoolId), inArray(table.studentId, [goneId, keptId]), isNull(table.archivedAt))
  const apart = <Row extends { studentId: string }>(rows: Row[]) => ({
    kept: rows.filter(({ studentId }) => studentId === keptId),
    gone: rows.filter(({ studentId }) => studentId === goneId),
  })
  return {
    /** Archived ones too: a day one of them begins on is taken. */
    enrollments: await db
      .select()
      .from(enrollments)
      .where(and(eq(enrollments.schoolId, schoolId), inArray(enrollments.studentId, [goneId, keptId])))
      .orderBy(asc(enrollments.id)),
    links: apart(
      await db.select().from(studentGuardians).where(of(studentGuardians)).orderBy(asc(studentGuardians.priority)),
    ),
    alerts: apart(await db.select().from(studentAlerts).where(of(studentAlerts)).orderBy(asc(studentAlerts.id))),
    addresses: apart(await db.select().from(studentAddresses).where(of(studentAddresses))),
  }
}

interface Edit<T extends RecordTable> {
  before: RowOf<T>
  fields: FieldsOf<T>
}

export async function planMerge(
  db: Reader,
  ctx: Context,
  { gone, kept }: Record<'gone' | 'kept', StudentRow>,
  take: readonly MergeField[],
) {
  const places: Places = { goneId: gone.id, keptId: kept.id, now: ctx.now }
  const { enrollments: rows, links, alerts, addresses } = await belongings(db, ctx.school.id, places)
  return {
    enrollments: foldEnrollments(rows, places, today(ctx)),
    links: foldLinks(links.kept, links.gone, places),
    alerts: foldAlerts(alerts.kept, alerts.gone, places),
    addresses: foldAddresses(addresses.kept, addresses.gone, take, places),
    gone: { before: gone, fields: fieldsGone(kept, gone, ctx.now) },
    kept: { before: kept, fields: fieldsKept(kept, gone, take) },
  }
}
export type MergePlan = Awaited<ReturnType<typeof planMerge>>

async function writeEdits<T extends RecordTable>(tx: Transaction, kind: Kind<T>, edits: readonly Edit<T>[]) {
  const changes: Change[] = []
  for (const { before, fields } of edits) changes.push(...(await changeRecord(tx, kind, before, fields)))
  return changes
}

/** Where both sat, a seat has become free. */
async function passSeatsOn(tx: Transaction, ctx: MutationContext, { enrollments: edits }: MergePlan) {
  const changes: Change[] = []
  for (const classId of new Set(edits.map(({ before }) => before.classId)))
    changes.push(...(await promoteWaiting(tx, ctx, classId)))
  return changes
}

/** The record that goes gives up its number and id before the other takes them. */
export async function writePlan(tx: Transaction, ctx: MutationContext, plan: MergePlan): Promise<Change[]> {
  return [
    ...(await writeEdits(tx, enrollmentKind, plan.enrollments)),
    ...(await writeEdits(tx, studentGuardianKind, plan.links)),
    ...(await writeEdits(tx, studentAlertKind, plan.alerts)),
    ...(await writeEdits(tx, studentAddressKind, plan.addresses)),
    ...(await writeEdits(tx, studentKind, [plan.gone])),
    ...(await writeEdits(tx, studentKind, [plan.kept])),
    ...(await passSeatsOn(tx, ctx, plan)),
  ]
}
