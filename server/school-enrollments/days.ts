import type { Reader, Transaction } from '../../db/database.ts'
import type { students } from '../../db/schema/index.ts'
import { overlap, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { idsOf, rowsWith } from '../records/kind.ts'
import type { Undoing } from '../records/undoing.ts'
import type { Edit, Written } from '../records/write.ts'
import { given, replaceRows } from '../records/write.ts'
import { studentKind } from '../students/kind.ts'
import type { SchoolEnrollmentRow } from './core.ts'
import { rowOn, schoolEnrollmentCore, statusBy } from './core.ts'

export type Moment = Pick<Context, 'school' | 'now'>

export async function daysOf(
  tx: Reader,
  { school }: Pick<Moment, 'school'>,
  studentIds: Iterable<string>,
): Promise<Map<string, SchoolEnrollmentRow[]>> {
  const rows = await rowsWith(tx, schoolEnrollmentCore, school.id, 'studentId', studentIds)
  return grouped(
    rows.filter(({ archivedAt }) => !archivedAt),
    ({ studentId }) => studentId,
  )
}

/** Throws where the student is at the school already on one of these days. */
export async function requireFree(
  tx: Reader,
  ctx: Moment,
  row: Pick<SchoolEnrollmentRow, 'studentId' | 'beginDate' | 'endDate'> & { id?: string },
): Promise<void> {
  const rows = (await daysOf(tx, ctx, [row.studentId])).get(row.studentId) ?? []
  if (rows.some((other) => other.id !== row.id && overlap(other, row)))
    throw new DomainError('schoolEnrollment.overlaps')
}

export async function requireFreeAgain({ tx, ctx, pairs, isReverted }: Undoing): Promise<Change[]> {
  const back = pairs(schoolEnrollmentCore).filter(({ after }) => !after.archivedAt)
  const days = await daysOf(
    tx,
    ctx,
    back.map(({ after }) => after.studentId),
  )
  for (const { after } of back)
    if (days.get(after.studentId)?.some((other) => !isReverted(other.id) && overlap(other, after)))
      throw new DomainError('schoolEnrollment.overlaps')
  return []
}

/** Writes what today's row says into `students.status` and `gradeLevel`. Who has no rows keeps hers. */
export async function mirror(
  tx: Transaction,
  ctx: Moment,
  studentIds: Iterable<string>,
): Promise<Written<typeof students>[]> {
  const day = today(ctx)
  const changes: Written<typeof students>[] = []
  for (const batch of inBatches(new Set(studentIds))) {
    const days = await daysOf(tx, ctx, batch)
    const mirrored = await rowsWith(tx, studentKind, ctx.school.id, 'id', days.keys())
    const edits = mirrored.map((before) => {
      const rows = days.get(before.id) ?? []
      return { before, fields: { status: statusBy(rows, day), gradeLevel: rowOn(rows, day)?.gradeLevel ?? undefined } }
    })
    changes.push(...(await replaceRows(tx, studentKind, edits)))
  }
  return changes
}

/** A day passes without a write, and people compare what they write with what they see: today's status and grade. */
export const mirrorBefore = (tx: Transaction, ctx: Moment, edits: readonly Edit<typeof students>[]) =>
  mirror(
    tx,
    ctx,
    idsOf(
      edits.flatMap(({ before, fields }) => ('status' in given(fields) || 'gradeLevel' in given(fields) ? before : [])),
    ),
  )
