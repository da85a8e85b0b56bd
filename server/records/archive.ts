import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { ArchiveInput } from './input.ts'
import type { FieldsOf, Kind, RecordTable, RowOf, Standing } from './kind.ts'
import { changeRecord, seenRecord } from './write.ts'

/** What stands on a record of a kind, and what becomes of it when the record is archived. */
export interface Foundation<T extends RecordTable> {
  /** Whatever still needs the record. */
  standingOn(tx: Transaction, ctx: MutationContext, record: RowOf<T>): Promise<Standing[]>
  /** Ends all of it; where it is missing, people can only keep it as it is. */
  end?(tx: Transaction, ctx: MutationContext, record: RowOf<T>): Promise<Change[]>
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
  { standingOn, end }: Foundation<T> = { standingOn: async () => [] },
): Promise<Change[]> {
  const before = await seenRecord(tx, kind, ctx, { id, version })
  if (before.archivedAt) return []
  const standing = choice === 'keep' ? [] : (await standingOn(tx, ctx, before)).filter(({ count }) => count > 0)
  const mayEnd = choice === 'end' && end
  if (standing.length && !mayEnd)
    throw new DomainError('record.in_use', { standing, choices: end ? ['end', 'keep'] : ['keep'] })
  const ended = standing.length && mayEnd ? await end(tx, ctx, before) : []
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
