/** What is true of the school today holds for an undo too: each kind says what that is for its records. */
import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import { allKinds } from '../kinds.ts'
import { isUndoable } from '../records/declaration.ts'
import type { Undoing } from '../records/undoing.ts'
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
    pairs: ({ entity }) => rowsOf(reverts, entity) as never[],
    isReverted: (id) => reverted.has(id),
    newer: (entity, ids) => newerThan(tx, ctx, last, entity, ids),
    changed: (records) => changedSince(tx, ctx, records),
  }
}

/** The rules of every kind: an operation on classes may leave too few seats for the enrollments it did not touch. */
export async function runRules(undoing: Undoing, when: 'before' | 'after'): Promise<Change[]> {
  const changes: Change[] = []
  for (const { undo } of allKinds) if (isUndoable(undo)) changes.push(...((await undo[when]?.(undoing)) ?? []))
  return changes
}

/** What follows for the kinds whose records were written back. */
export async function settle(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const kind of allKinds) {
    const rows = rowsOf(reverts, kind.entity).map(({ after }) => after)
    if (rows.length) changes.push(...((await kind.settle?.(tx, ctx, rows)) ?? []))
  }
  return changes
}
