import type { Reader, Transaction } from '../../db/database.ts'
import type { Deed } from '../../db/values.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import type { Changed } from '../journal/operation.ts'
import { mutate } from '../journal/operation.ts'
import { addNamed } from './adds.ts'
import { settleDependents } from './archive.ts'
import type { Adds, SeenVersion, StandingChoice } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { manyAnswer, requireExpected, seenMany } from './many.ts'
import type { PasteWays } from './paste.ts'
import { isSeen, renewed, writeItems } from './paste.ts'
import type { WritableKind } from './refer.ts'
import { requireReferences } from './refer.ts'
import { Refusals, refuseTaken } from './refusals.ts'
import type { Ways } from './verbs.ts'
import type { Edit } from './write.ts'
import { changeRows } from './write.ts'

/** Records by name, or all of a list except a few; `expected` is how many people saw. */
export type Chosen<Filter> =
  | { items: readonly SeenVersion[] }
  | { filter: Filter; except: readonly string[]; expected: number }

export type OfList<T extends RecordTable, Filter> = (tx: Reader, ctx: Context, filter: Filter) => Promise<RowOf<T>[]>

export interface ManyWays<T extends RecordTable, Item, Filter>
  extends PasteWays<T, Item>,
    Pick<Ways<T, unknown>, 'dependents'> {
  ofList?: OfList<T, Filter>
  restored?: FieldsOf<T>
  /** Does what follows from the same fields written into all. */
  follow?(tx: Transaction, ctx: MutationContext, changes: readonly Change[]): Promise<Change[]>
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<T>[]): Promise<Change[]>
}

export async function chosen<T extends RecordTable, Filter>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  input: Chosen<Filter>,
  ofList: OfList<T, Filter> = async () => [],
): Promise<RowOf<T>[]> {
  if ('items' in input) return seenMany(tx, kind, ctx, input.items)
  const except = new Set(input.except)
  const rows = (await ofList(tx, ctx, input.filter)).filter(({ id }) => !except.has(id))
  requireExpected(rows.length, input.expected)
  return rows
}

export const changeChosen = <T extends RecordTable, Filter>(
  ctx: MutationContext,
  deed: Deed,
  kind: KindCore<T>,
  input: Chosen<Filter>,
  write: (tx: Transaction) => Promise<Change[]>,
) =>
  mutate(ctx, { deed, about: kind.entity }, write, async (_, changed: Changed[]) =>
    manyAnswer(ctx, kind, changed, 'items' in input ? input.items : []),
  )

async function changeAll<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: WritableKind<T>,
  { check, bringUpToDate, follow }: Pick<ManyWays<T, unknown, unknown>, 'check' | 'bringUpToDate' | 'follow'>,
  rows: readonly RowOf<T>[],
  set: FieldsOf<T>,
): Promise<Change[]> {
  await requireReferences(tx, ctx.school.id, kind, set)
  const refusals = new Refusals(rows.length)
  for (const [index, row] of check ? rows.entries() : [])
    await refusals.gather(index, async () => check?.(tx, ctx, set, row))
  refusals.throwIfAny((index) => rows[index]?.id)
  const asSeen = rows.map((before): Edit<T> => ({ before, fields: set }))
  const brought = (await bringUpToDate?.(tx, ctx, asSeen)) ?? []
  const current = renewed(asSeen, brought).map(({ before }) => before)
  const changes = await changeRows(tx, kind, current, set)
  return [...brought, ...changes, ...((await follow?.(tx, ctx, changes)) ?? [])]
}

async function restoreAll<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: KindCore<T>,
  { restored, settle }: Pick<ManyWays<T, unknown, unknown>, 'restored' | 'settle'>,
  rows: readonly RowOf<T>[],
): Promise<Change[]> {
  const refusals = new Refusals(rows.length)
  const archived = rows.map((row) => (row.archivedAt ? (row as FieldsOf<T>) : undefined))
  await refuseTaken(tx, kind, ctx.school.id, archived, refusals)
  refusals.throwIfAny((index) => rows[index]?.id)
  const changes = await changeRows(tx, kind, rows, { archivedAt: null, ...restored } as FieldsOf<T>)
  return [...changes, ...((await settle?.(tx, ctx, rows)) ?? [])]
}

/** All of them or none: throws `many.refused` with the reason of each, and `record.in_use` where dependents are in use. */
export function manyVerbsOf<T extends RecordTable, Item extends object, Filter = never>(
  kind: WritableKind<T>,
  ways: ManyWays<T, Item, Filter>,
) {
  const changing = (
    ctx: MutationContext,
    deed: Deed,
    input: Chosen<Filter>,
    write: (tx: Transaction, rows: RowOf<T>[]) => Promise<Change[]>,
  ) => changeChosen(ctx, deed, kind, input, async (tx) => write(tx, await chosen(tx, ctx, kind, input, ways.ofList)))
  return {
    create: (ctx: MutationContext, { items, adds }: { items: readonly object[]; adds?: Adds }) =>
      mutate(
        ctx,
        { deed: items.every(isSeen) ? 'change' : 'add', about: kind.entity },
        async (tx) => {
          const { changes, within } = await addNamed(tx, ctx, adds)
          return [...changes, ...(await writeItems(tx, ctx, kind, ways, within(items)))]
        },
        async (_, changed) =>
          manyAnswer(
            ctx,
            kind,
            changed,
            items.map((item) => (isSeen(item) ? item : 'added')),
          ),
      ),
    update: (ctx: MutationContext, input: Chosen<Filter> & { set: FieldsOf<T> }) =>
      changing(ctx, 'change', input, (tx, rows) => changeAll(tx, ctx, kind, ways, rows, input.set)),
    archive: (ctx: MutationContext, input: Chosen<Filter> & { standing: StandingChoice }) =>
      changing(ctx, 'archive', input, async (tx, all) => {
        const rows = all.filter(({ archivedAt }) => !archivedAt)
        const ended = await settleDependents(tx, ctx, rows, input.standing, ways.dependents ?? [])
        return [...ended, ...(await changeRows(tx, kind, rows, { archivedAt: ctx.now } as FieldsOf<T>))]
      }),
    restore: (ctx: MutationContext, input: Chosen<Filter>) =>
      changing(ctx, 'restore', input, (tx, rows) => restoreAll(tx, ctx, kind, ways, rows)),
  }
}
