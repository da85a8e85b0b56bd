import type { Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { allKinds } from '../kinds.ts'
import { isUndoable } from '../records/declaration.ts'
import type { RecordTable } from '../records/kind.ts'
import type { Pair, Undoing } from '../records/undoing.ts'
import { changedSince } from './refusals.ts'
import type { Reverted } from './reverts.ts'
import { newerThan } from './standing.ts'

const rowsOf = (reverts: readonly Reverted[], wanted: string) => reverts.filter(({ entity }) => entity === wanted)

export function undoingOf(
  tx: Transaction,
  ctx: MutationContext,
  reverts: readonly Reverted[],
  { at, last }: { at: Date; last: number },
): Undoing {
  const reverted = new Set(reverts.map(({ after }) => after.id))
  return {
    tx,
    ctx,
    at,
    pairs: <T extends RecordTable>({ entity }: { entity: JournalEntity }) => rowsOf(reverts, entity) as Pair<T>[],
    isReverted: (id) => reverted.has(id),
    newer: (entity, ids) => newerThan(tx, ctx, last, entity, ids),
    changed: (records) => changedSince(tx, ctx, records),
  }
}

/** Every kind is asked: an undo for classes may leave too few seats for enrollments that it does not touch. */
export async function runRules(undoing: Undoing, when: 'before' | 'after'): Promise<Change[]> {
  const changes: Change[] = []
  for (const { undo } of allKinds) if (isUndoable(undo)) changes.push(...((await undo[when]?.(undoing)) ?? []))
  return changes
}

export async function settle(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const kind of allKinds) {
    const rows = rowsOf(reverts, kind.entity).map(({ after }) => after)
    if (rows.length) changes.push(...((await kind.settle?.(tx, ctx, rows)) ?? []))
  }
  return changes
}
