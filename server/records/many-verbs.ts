import type { z } from 'zod'
import type { Reader, Transaction } from '../../db/database.ts'
import type { Deed } from '../../db/values.ts'
import type { Context, MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import type { Changed } from '../journal/operation.ts'
import { mutate } from '../journal/operation.ts'
import { settleDependents } from './archive.ts'
import type { SeenVersion, StandingChoice } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { manyAnswer, requireExpected, seenMany } from './many.ts'
import type { WritableKind } from './refer.ts'
import { requireReferences } from './refer.ts'
import type { ItemIssue } from './refusals.ts'
import { Refusals, refuseTaken, refuseUnknown } from './refusals.ts'
import type { Ways } from './verbs.ts'
import { addRows, changeRows } from './write.ts'

/** Records by name, or all of a list except a few; `expected` is how many people saw. */
export type Chosen<Filter> =
  | { items: readonly SeenVersion[] }
  | { filter: Filter; except: readonly string[]; expected: number }

export type OfList<T extends RecordTable, Filter> = (tx: Reader, ctx: Context, filter: Filter) => Promise<RowOf<T>[]>

export interface ManyWays<T extends RecordTable, Item, Filter> extends Pick<Ways<T, unknown>, 'check' | 'dependents'> {
  item: z.ZodType<Item>
  own?(item: Item): FieldsOf<T>
  ofList?: OfList<T, Filter>
  /** Adds further refusals; an item that is no sound input is undefined. */
  refuse?(
    tx: Transaction,
    ctx: MutationContext,
    items: readonly (Item | undefined)[],
    refusals: Refusals,
  ): Promise<void>
  /** Adds what comes with the records; `added` and `items` go together. */
  addWith?(tx: Transaction, ctx: MutationContext, added: readonly RowOf<T>[], items: readonly Item[]): Promise<Change[]>
  restored?: FieldsOf<T>
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<T>[]): Promise<Change[]>
}

const issuesOf = ({ issues }: z.ZodError): ItemIssue[] =>
  issues.map(({ code, path }) => ({ code, path: path.map(String).join('.') }))

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
    manyAnswer(ctx, kind, changed, 'items' in input ? input.items : 'filtered'),
  )

async function addAll<T extends RecordTable, Item extends object, Filter>(
  tx: Transaction,
  ctx: MutationContext,
  kind: WritableKind<T>,
  ways: ManyWays<T, Item, Filter>,
  given: readonly unknown[],
): Promise<Change[]> {
  const { item, own = (one) => one as FieldsOf<T>, check, refuse, addWith } = ways
  const schoolId = ctx.school.id
  const refusals = new Refusals(given.length)
  const items = given.map((one, index) => {
    const { data, error } = item.safeParse(one)
    if (error) refusals.add(index, { reason: 'input.invalid', issues: issuesOf(error) })
    return data
  })
  const records = items.map((one) => one && own(one))
  await refuseTaken(tx, kind, schoolId, records, refusals)
  await refuseUnknown(tx, kind, schoolId, records, refusals)
  for (const [index, fields] of records.entries())
    if (check && fields) await refusals.gather(index, () => check(tx, ctx, fields))
  await refuse?.(tx, ctx, items, refusals)
  refusals.throwIfAny()
  const sound = records.flatMap((fields) => fields ?? [])
  const added = await addRows(tx, kind, schoolId, sound)
  const rows = added.map(({ after }) => after)
  return [...added, ...((await addWith?.(tx, ctx, rows, items as Item[])) ?? [])]
}

async function changeAll<T extends RecordTable>(
  tx: Transaction,
  ctx: MutationContext,
  kind: WritableKind<T>,
  { check }: Pick<ManyWays<T, unknown, unknown>, 'check'>,
  rows: readonly RowOf<T>[],
  set: FieldsOf<T>,
): Promise<Change[]> {
  await requireReferences(tx, ctx.school.id, kind, set)
  const refusals = new Refusals(rows.length)
  for (const [index, row] of check ? rows.entries() : [])
    await refusals.gather(index, async () => check?.(tx, ctx, set, row))
  refusals.throwIfAny((index) => rows[index]?.id)
  return changeRows(tx, kind, rows, set)
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
    create: (ctx: MutationContext, { items }: { items: readonly unknown[] }) =>
      mutate(
        ctx,
        { deed: 'add', about: kind.entity },
        (tx) => addAll(tx, ctx, kind, ways, items),
        async (_, changed) => manyAnswer(ctx, kind, changed, 'added'),
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
