import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { ArchiveInput, StandingChoice } from './input.ts'
import { namedAtMost } from './input.ts'
import type { FieldsOf, Kind, RecordTable, RowOf, Standing } from './kind.ts'
import { namesShown } from './standing.ts'
import { changeRecord, seenRecord } from './write.ts'

/** What stands on records of a kind, and what becomes of it when they are archived: one of them, or many at once. */
export interface Foundation<T extends RecordTable> {
  /** Whatever still needs any of them, which are at most 1,000 at a time. */
  standingOn(tx: Transaction, ctx: MutationContext, records: readonly RowOf<T>[]): Promise<Standing[]>
  /** Ends all of it; where it is missing, people can only keep it as it is. */
  end?(tx: Transaction, ctx: MutationContext, records: readonly RowOf<T>[]): Promise<Change[]>
}

/** Of kinds that nothing stands on. */
export const nothing: Foundation<RecordTable> = { standingOn: async () => [] }

/** Together what stands on each lot of the records. */
function summed(all: readonly Standing[]): Standing[] {
  const sums = new Map<string, Standing>()
  for (const { entity, count, names } of all) {
    const sum = sums.get(entity) ?? { entity, count: 0, names: [] }
    const named = [...new Set([...sum.names, ...names])].toSorted().slice(0, namesShown)
    if (count > 0) sums.set(entity, { entity, count: sum.count + count, names: sum.count ? named : names })
  }
  return [...sums.values()]
}

/** What `choice` makes of that which stands on the records; `record.in_use` where people have yet to say. */
export async function settleStanding<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  records: readonly RowOf<T>[],
  choice: StandingChoice,
  { standingOn, end }: Foundation<T>,
): Promise<Change[]> {
  if (choice === 'keep' || !records.length) return []
  if (choice === 'end' && end) return end(tx, ctx, records)
  const all: Standing[] = []
  for (const batch of inBatches(records, namedAtMost)) all.push(...(await standingOn(tx, ctx, batch)))
  const standing = summed(all)
  if (standing.length) throw new DomainError('record.in_use', { standing, choices: end ? ['end', 'keep'] : ['keep'] })
  return []
}

/**
 * Takes a record off the lists; nothing is deleted, and history goes on naming it. While something stands on it this is
 * refused as `record.in_use`, with what that is and the choices there are: to `keep` it or to `end` it.
 */
export async function archiveRecord<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: Kind<T>,
  { id, version, standing: choice }: ArchiveInput,
  foundation: Foundation<T> = nothing,
): Promise<Change[]> {
  const before = await seenRecord(tx, kind, ctx, { id, version })
  if (before.archivedAt) return []
  const ended = await settleStanding(tx, ctx, [before], choice, foundation)
  return [...ended, ...(await changeRecord(tx, kind, before, { archivedAt: ctx.now } as FieldsOf<T>))]
}

/** Brings an archived record back; what was ended with it stays ended. */
export async function restoreRecord<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: Kind<T>,
  seen: { id: string; version: number },
): Promise<Change[]> {
  const before = await seenRecord(tx, kind, ctx, seen)
  return before.archivedAt ? changeRecord(tx, kind, before, { archivedAt: null } as FieldsOf<T>) : []
}
