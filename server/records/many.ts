import type { Reader } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Changed } from '../journal/operation.ts'
import type { SeenVersion } from './input.ts'
import type { KindCore, RecordTable, RowOf } from './kind.ts'
import { idsOf, rowsWith } from './kind.ts'
import type { Outcome } from './refusals.ts'
import { Refusals } from './refusals.ts'

export interface ManyAnswer {
  operationId: string
  changed: number
  outcomes: Outcome[]
}

/** The school's other writes wait for as long as these take. */
export const filteredAtMost = 50_000

export async function findSeen<T extends RecordTable>(
  tx: Reader,
  kind: KindCore<T>,
  { school }: MutationContext,
  items: readonly (SeenVersion | undefined)[],
  refusals: Refusals,
): Promise<Map<string, RowOf<T>>> {
  const ids = idsOf(items.flatMap((item) => item ?? []))
  const found = new Map((await rowsWith(tx, kind, school.id, 'id', ids)).map((row) => [row.id, row]))
  const named = new Set<string>()
  for (const [index, item] of items.entries()) {
    if (!item) continue
    const row = found.get(item.id)
    if (named.has(item.id)) refusals.add(index, { reason: 'input.invalid' })
    named.add(item.id)
    if (!row) refusals.add(index, { reason: kind.notFound })
    else if (row.version !== item.version) refusals.add(index, { reason: kind.stale })
    else if (row.erasedAt) refusals.add(index, { reason: 'record.erased' })
  }
  return found
}

/** The records as they were seen, in the order of the items. Throws `many.refused` for those that changed or are gone. */
export async function seenMany<T extends RecordTable>(
  tx: Reader,
  kind: KindCore<T>,
  ctx: MutationContext,
  items: readonly SeenVersion[],
): Promise<RowOf<T>[]> {
  const refusals = new Refusals(items.length)
  const found = await findSeen(tx, kind, ctx, items, refusals)
  refusals.throwIfAny((index) => items[index]?.id)
  return items.flatMap(({ id }) => found.get(id) ?? [])
}

export function requireExpected(found: number, expected: number): void {
  if (found !== expected) throw new DomainError('many.changed', { found, expected })
  if (found > filteredAtMost) throw new DomainError('many.too_many', { found, atMost: filteredAtMost })
}

/** A repetition of the request is answered alike: items left alone keep the version they were named with. */
export function manyAnswer<T extends RecordTable>(
  { operation }: MutationContext,
  { entity }: KindCore<T>,
  changed: readonly Changed[],
  items: readonly (SeenVersion | 'added')[],
): ManyAnswer {
  const own = changed.filter((one) => one.entity === entity)
  const versions = new Map(own.map(({ id, version }) => [id, version]))
  const known = new Set(items.flatMap((item) => (item === 'added' ? [] : item.id)))
  const added = own.filter(({ id }) => !known.has(id))[Symbol.iterator]()
  const named = items.flatMap((item) => (item === 'added' ? (added.next().value ?? []) : item))
  const outcomes = named.map(({ id, version }, index) => ({
    index,
    id,
    ok: true,
    version: versions.get(id) ?? version,
  }))
  return { operationId: operation.id, changed: versions.size, outcomes }
}
