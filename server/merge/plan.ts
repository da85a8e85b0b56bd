/** What a merge changes, planned from what both records have, in the order in which it can be written and undone. */
import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import type { students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { dependentsOf } from '../kinds.ts'
import type { AnyKind } from '../records/declaration.ts'
import type { RecordTable, RowOf } from '../records/kind.ts'
import { asOne } from '../records/kind.ts'
import type { Edit, Merging } from '../records/merging.ts'
import { changeRecord } from '../records/write.ts'
import type { StudentRow } from '../students/kind.ts'
import { studentKind } from '../students/kind.ts'
import { fieldsGone, fieldsKept } from './fields.ts'
import type { MergeField } from './input.ts'

interface Part {
  kind: AnyKind
  edits: Edit<RecordTable>[]
}
export interface MergePlan {
  /** What belongs to the students, by kind. */
  parts: Part[]
  gone: Edit<typeof students>
  kept: Edit<typeof students>
}

async function rowsOf(db: Reader, schoolId: number, { table }: AnyKind, field: string, { goneId, keptId }: Merging) {
  const t = asOne(table)
  const rows = await db
    .select()
    .from(t)
    .where(and(eq(t.schoolId, schoolId), inArray(getTableColumns(t)[field as 'id'], [goneId, keptId])))
    .orderBy(asc(t.id))
  return rows as unknown as RowOf<RecordTable>[]
}

async function partsOf(db: Reader, schoolId: number, merging: Merging): Promise<Part[]> {
  const parts: Part[] = []
  for (const { kind, field, refers } of dependentsOf('student')) {
    const { whenMerged } = refers
    if (typeof whenMerged !== 'function') continue
    parts.push({ kind, edits: whenMerged(await rowsOf(db, schoolId, kind, field, merging), merging) })
  }
  return parts
}

export async function planMerge(
  db: Reader,
  ctx: Context,
  { gone, kept }: Record<'gone' | 'kept', StudentRow>,
  take: readonly MergeField[],
): Promise<MergePlan> {
  const merging = { goneId: gone.id, keptId: kept.id, now: ctx.now, day: today(ctx), take }
  return {
    parts: await partsOf(db, ctx.school.id, merging),
    gone: { before: gone, fields: fieldsGone(kept, gone, ctx.now) },
    kept: { before: kept, fields: fieldsKept(kept, gone, take) },
  }
}

/** The record that goes gives up its number and id before the other takes them; where both sat, a seat has become free. */
export async function writePlan(tx: Transaction, ctx: MutationContext, plan: MergePlan): Promise<Change[]> {
  const changes: Change[] = []
  for (const { kind, edits } of plan.parts)
    for (const { before, fields } of edits) changes.push(...(await changeRecord(tx, kind, before, fields)))
  for (const { before, fields } of [plan.gone, plan.kept])
    changes.push(...(await changeRecord(tx, studentKind, before, fields)))
  for (const { kind, edits } of plan.parts) {
    const rows = edits.map(({ before }) => before)
    changes.push(...((await kind.settle?.(tx, ctx, rows)) ?? []))
  }
  return changes
}
