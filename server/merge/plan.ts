import type { Reader, Transaction } from '../../db/database.ts'
import type { students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { dependentsOf } from '../kinds.ts'
import type { AnyKind } from '../records/declaration.ts'
import type { RecordTable, RowOf } from '../records/kind.ts'
import { rowsWith } from '../records/kind.ts'
import type { Merging } from '../records/merging.ts'
import type { Edit } from '../records/write.ts'
import { replaceRows } from '../records/write.ts'
import type { StudentRow } from '../students/kind.ts'
import { studentKind } from '../students/kind.ts'
import { fieldsGone, fieldsKept } from './fields.ts'
import type { MergeField } from './input.ts'

interface Part {
  kind: AnyKind
  edits: Edit<RecordTable>[]
}
export interface MergePlan {
  parts: Part[]
  gone: Edit<typeof students>
  kept: Edit<typeof students>
}

async function partsOf(db: Reader, schoolId: number, merging: Merging): Promise<Part[]> {
  const both = [merging.goneId, merging.keptId]
  const parts: Part[] = []
  for (const { kind, field, refers } of dependentsOf('student')) {
    const { whenMerged } = refers
    if (typeof whenMerged !== 'function') continue
    const rows = await rowsWith(db, kind, schoolId, field, both)
    const byId = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    parts.push({ kind, edits: whenMerged(byId, merging) })
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

/** The record that goes frees its number before the other takes it; two seats of one person become one. */
export async function writePlan(tx: Transaction, ctx: MutationContext, plan: MergePlan): Promise<Change[]> {
  const changes: Change[] = []
  const written = new Map<Part, RowOf<RecordTable>[]>()
  for (const part of plan.parts) {
    const replaced = await replaceRows(tx, part.kind, part.edits)
    const after = replaced.map((change) => change.after as RowOf<RecordTable>)
    written.set(part, [...part.edits.map(({ before }) => before), ...after])
    changes.push(...replaced)
  }
  changes.push(...(await replaceRows(tx, studentKind, [plan.gone, plan.kept])))
  for (const [{ kind }, rows] of written) changes.push(...((await kind.settle?.(tx, ctx, rows)) ?? []))
  return changes
}
