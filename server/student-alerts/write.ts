import type { Reader } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import { findRow } from '../records/kind.ts'
import { addRows, changeRows, currentRecord, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import type { CreateStudentAlertInput, UpdateStudentAlertInput } from './input.ts'
import { studentAlertKind } from './kind.ts'
import { readStudentAlerts } from './read.ts'

async function alertsAround(tx: Reader, ctx: MutationContext, id: string) {
  const alert = await findRow(tx, studentAlertKind, ctx.school.id, id)
  return alert ? readStudentAlerts(tx, ctx, alert.studentId) : { alerts: [], cautions: [] }
}

export const createStudentAlert = (ctx: MutationContext, input: CreateStudentAlertInput) =>
  mutate(
    ctx,
    { deed: 'add', about: 'studentAlert' },
    async (tx) => {
      await currentRecord(tx, studentKind, ctx.school.id, input.studentId)
      return addRows(tx, studentAlertKind, ctx.school.id, [input])
    },
    (tx) => readStudentAlerts(tx, ctx, input.studentId),
  )

export const updateStudentAlert = (ctx: MutationContext, { id, version, ...fields }: UpdateStudentAlertInput) =>
  mutate(
    ctx,
    { deed: 'change', about: 'studentAlert' },
    async (tx) => {
      const before = await seenRecord(tx, studentAlertKind, ctx, { id, version })
      return changeRows(tx, studentAlertKind, [before], fields)
    },
    (tx) => alertsAround(tx, ctx, id),
  )

export const archiveStudentAlert = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'studentAlert' },
    (tx) => archiveRecord(tx, ctx, studentAlertKind, { ...seen, standing: 'ask' }),
    (tx) => alertsAround(tx, ctx, seen.id),
  )

export const restoreStudentAlert = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'studentAlert' },
    (tx) => restoreRecord(tx, ctx, studentAlertKind, seen),
    (tx) => alertsAround(tx, ctx, seen.id),
  )
