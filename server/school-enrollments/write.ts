import type { Reader, Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change, Did } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { SeenVersion } from '../records/input.ts'
import { findRow } from '../records/kind.ts'
import { referredRecord } from '../records/refer.ts'
import { addRows, changeRows, currentRecord, given, seenRecord } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import type { SchoolEnrollmentFields, SchoolEnrollmentRow } from './core.ts'
import { schoolEnrollmentCore } from './core.ts'
import { mirror, requireFree } from './days.ts'
import type { CreateSchoolEnrollmentInput, UpdateSchoolEnrollmentInput } from './input.ts'
import { schoolEnrollmentKind } from './kind.ts'
import { schoolEnrollmentsOf } from './read.ts'

/** A student comes to the school, for the first time or again. */
export const createSchoolEnrollment = (ctx: MutationContext, input: CreateSchoolEnrollmentInput) =>
  mutate(
    ctx,
    { deed: 'add', about: 'schoolEnrollment' },
    async (tx) => {
      await currentRecord(tx, studentKind, ctx.school.id, input.studentId)
      await requireFree(tx, ctx, { ...input, endDate: input.endDate ?? null })
      const added = await addRows(tx, schoolEnrollmentCore, ctx.school.id, [input])
      return [...added, ...(await mirror(tx, ctx, [input.studentId]))]
    },
    (tx) => schoolEnrollmentsOf(tx, ctx, input.studentId),
  )

async function daysAround(tx: Reader, ctx: MutationContext, id: string) {
  const row = await findRow(tx, schoolEnrollmentCore, ctx.school.id, id)
  return row ? schoolEnrollmentsOf(tx, ctx, row.studentId) : []
}

const rowWrite = (
  ctx: MutationContext,
  did: Did,
  seen: SeenVersion,
  write: (tx: Transaction, before: SchoolEnrollmentRow) => Promise<Change[]>,
) =>
  mutate(
    ctx,
    did,
    async (tx) => {
      const before = await seenRecord(tx, schoolEnrollmentCore, ctx, seen)
      return [...(await write(tx, before)), ...(await mirror(tx, ctx, [before.studentId]))]
    },
    (tx) => daysAround(tx, ctx, seen.id),
  )

/** What is written must not bring back what was erased. */
async function requireKnown(tx: Transaction, ctx: MutationContext, { studentId }: SchoolEnrollmentRow) {
  const student = await findRow(tx, studentKind, ctx.school.id, studentId)
  if (student?.erasedAt) throw new DomainError('record.erased')
}

export async function changeDays(
  tx: Transaction,
  ctx: MutationContext,
  before: SchoolEnrollmentRow,
  fields: SchoolEnrollmentFields,
): Promise<Change[]> {
  if (before.archivedAt) throw new DomainError('schoolEnrollment.not_found')
  await requireKnown(tx, ctx, before)
  await requireFree(tx, ctx, { ...before, ...given(fields) })
  return changeRows(tx, schoolEnrollmentCore, [before], fields)
}

export const updateSchoolEnrollment = (ctx: MutationContext, { id, version, ...fields }: UpdateSchoolEnrollmentInput) =>
  rowWrite(ctx, { deed: 'change', about: 'schoolEnrollment' }, { id, version }, (tx, before) =>
    changeDays(tx, ctx, before, fields),
  )

/** For days that should not have been. */
export const archiveSchoolEnrollment = (ctx: MutationContext, seen: SeenVersion) =>
  rowWrite(ctx, { deed: 'archive', about: 'schoolEnrollment' }, seen, async (tx, before) =>
    before.archivedAt ? [] : changeRows(tx, schoolEnrollmentCore, [before], { archivedAt: ctx.now }),
  )

export const restoreSchoolEnrollment = (ctx: MutationContext, seen: SeenVersion) =>
  rowWrite(ctx, { deed: 'restore', about: 'schoolEnrollment' }, seen, async (tx, before) => {
    if (!before.archivedAt) return []
    await referredRecord(tx, schoolEnrollmentKind, 'studentId', ctx.school.id, before.studentId)
    await requireFree(tx, ctx, before)
    return changeRows(tx, schoolEnrollmentCore, [before], { archivedAt: null })
  })
