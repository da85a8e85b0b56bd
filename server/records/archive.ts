import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { InUse, WhenArchived } from './declaration.ts'
import { namesShown } from './in-use.ts'
import type { ArchiveInput, SeenVersion, StandingChoice } from './input.ts'
import { namedAtMost } from './input.ts'
import type { FieldsOf, KindCore, RecordTable } from './kind.ts'
import { columnOf, idsOf } from './kind.ts'
import type { Dependent } from './refer.ts'
import { changeRows, seenRecord } from './write.ts'

function summed(all: readonly InUse[]): InUse[] {
  const sums = new Map<string, InUse>()
  for (const { entity, count, names } of all) {
    const sum = sums.get(entity) ?? { entity, count: 0, names: [] }
    const named = [...new Set([...sum.names, ...names])].toSorted().slice(0, namesShown)
    if (count > 0) sums.set(entity, { entity, count: sum.count + count, names: sum.count ? named : names })
  }
  return [...sums.values()]
}

interface Asked extends Dependent {
  when: WhenArchived<RecordTable>
}
const asked = (dependents: readonly Dependent[]): Asked[] =>
  dependents.flatMap((one) => (one.refers.whenArchived === 'stays' ? [] : { ...one, when: one.refers.whenArchived }))
const referring = ({ kind, field }: Asked) => ({ kind, column: columnOf(kind.table, field) })

/** Ends the dependents, or throws `record.in_use` with them and the choices where people have yet to choose. */
export async function settleDependents(
  tx: Transaction,
  ctx: MutationContext,
  records: readonly { id: string }[],
  choice: StandingChoice,
  dependents: readonly Dependent[],
): Promise<Change[]> {
  if (choice === 'keep' || !records.length) return []
  const all = asked(dependents)
  const mayEnd = all.length > 0 && all.every(({ when }) => when.end)
  const changes: Change[] = []
  const inUse: InUse[] = []
  for (const batch of inBatches(idsOf(records), namedAtMost))
    for (const one of all)
      if (choice === 'end' && mayEnd) changes.push(...((await one.when.end?.(tx, ctx, batch, referring(one))) ?? []))
      else inUse.push(await one.when.inUse(tx, ctx, batch, referring(one)))
  const standing = summed(inUse)
  if (standing.length)
    throw new DomainError('record.in_use', { standing, choices: mayEnd ? ['end', 'keep'] : ['keep'] })
  return changes
}

/** Takes the record off the lists, or throws `record.in_use` as `settleDependents` does. Nothing is deleted. */
export async function archiveRecord<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  { id, version, standing: choice }: ArchiveInput,
  dependents: readonly Dependent[] = [],
): Promise<Change[]> {
  const before = await seenRecord(tx, kind, ctx, { id, version })
  if (before.archivedAt) return []
  const ended = await settleDependents(tx, ctx, [before], choice, dependents)
  return [...ended, ...(await changeRows(tx, kind, [before], { archivedAt: ctx.now } as FieldsOf<T>))]
}

export async function restoreRecord<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  seen: SeenVersion,
): Promise<Change[]> {
  const before = await seenRecord(tx, kind, ctx, seen)
  return before.archivedAt ? changeRows(tx, kind, [before], { archivedAt: null } as FieldsOf<T>) : []
}
