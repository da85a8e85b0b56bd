/** Many records out of one request, each with content of its own: new ones, and changes of those that it names. */
import type { z } from 'zod'
import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import type { Change } from '../journal/entry.ts'
import type { AlikeWays, Compared } from './alike.ts'
import { refuseAlike } from './alike.ts'
import type { SeenVersion } from './input.ts'
import { seenInput } from './input.ts'
import type { FieldsOf, RecordTable, RowOf } from './kind.ts'
import { findSeen } from './many.ts'
import type { WritableKind } from './refer.ts'
import type { ItemIssue } from './refusals.ts'
import { Refusals, refuseTaken, refuseUnknown } from './refusals.ts'
import type { Ways } from './verbs.ts'
import type { Edit, IsTouched, Written } from './write.ts'
import { addRows, replaceRows } from './write.ts'

type PartOf<Item> = { [Name in keyof Item]?: Item[Name] | undefined }
export interface Pasted<T extends RecordTable, Item> {
  item: PartOf<Item>
  before?: RowOf<T> | undefined
}
export interface Edited<T extends RecordTable, Item> {
  item: PartOf<Item>
  before: RowOf<T>
}

export interface PasteWays<T extends RecordTable, Item> extends Pick<Ways<T, unknown>, 'check'>, AlikeWays {
  item: z.ZodType<Item>
  edit: z.ZodType<SeenVersion & PartOf<Item>>
  own?(item: PartOf<Item>): FieldsOf<T>
  refuse?(
    tx: Transaction,
    ctx: MutationContext,
    items: readonly (Pasted<T, Item> | undefined)[],
    refusals: Refusals,
  ): Promise<void>
  complete?(tx: Transaction, ctx: MutationContext, items: readonly Item[]): Promise<Item[]>
  /** Writes what the day alone has changed in the records, before they are compared with what is to be written. */
  bringUpToDate?(tx: Transaction, ctx: MutationContext, edits: readonly Edit<T>[]): Promise<Written<T>[]>
  addWith?(tx: Transaction, ctx: MutationContext, added: readonly RowOf<T>[], items: readonly Item[]): Promise<Change[]>
  changeWith?(
    tx: Transaction,
    ctx: MutationContext,
    edited: readonly Edited<T, Item>[],
    write: (isTouched?: IsTouched<T>) => Promise<Change[]>,
  ): Promise<Change[]>
}

export function renewed<T extends RecordTable>(edits: readonly Edit<T>[], changes: readonly Written<T>[]): Edit<T>[] {
  const written = new Map(changes.map(({ after }) => [after.id, after]))
  return edits.map(({ before, fields }) => ({ before: written.get(before.id) ?? before, fields }))
}

const issuesOf = ({ issues }: z.ZodError): ItemIssue[] =>
  issues.map(({ code, path }) => ({ code, path: path.map(String).join('.') }))

export const isSeen = (item: object): item is SeenVersion => 'id' in item && item.id !== undefined

/** No rule checks what stays as it was: the record had it before. */
function changedOnly<T extends RecordTable>(fields: FieldsOf<T>, before: RowOf<T> | undefined): FieldsOf<T> {
  if (!before) return fields
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => before[name] !== value)) as FieldsOf<T>
}

async function readItems<T extends RecordTable, Item extends object>(
  tx: Transaction,
  ctx: MutationContext,
  kind: WritableKind<T>,
  { item, edit }: PasteWays<T, Item>,
  given: readonly object[],
  refusals: Refusals,
): Promise<(Pasted<T, Item> | undefined)[]> {
  const seen = given.map((one) =>
    isSeen(one) ? seenInput.safeParse({ id: one.id, version: one.version }).data : undefined,
  )
  const found = await findSeen(tx, kind, ctx, seen, refusals)
  return given.map(({ beside: _seen, ...one }: Compared, index): Pasted<T, Item> | undefined => {
    const { data, error } = isSeen(one) ? edit.safeParse(one) : item.safeParse(one)
    if (error) refusals.add(index, { reason: 'input.invalid', issues: issuesOf(error) })
    if (!data) return undefined
    if (!isSeen(one)) return { item: data as Item }
    const { id, version: _, ...fields } = data as SeenVersion & PartOf<Item>
    const before = found.get(id)
    return before && { item: fields as PartOf<Item>, before }
  })
}

const comparedOf = (items: readonly (Pasted<RecordTable, object> | undefined)[], given: readonly Compared[]) =>
  items.map((one, index) => (one && !one.before ? { ...one.item, beside: given[index]?.beside } : undefined))

/** Throws `many.refused`, with what is wrong with each, unless all can be written. */
export async function writeItems<T extends RecordTable, Item extends object>(
  tx: Transaction,
  ctx: MutationContext,
  kind: WritableKind<T>,
  ways: PasteWays<T, Item>,
  given: readonly object[],
): Promise<Change[]> {
  const { own = (one) => one as FieldsOf<T>, check, refuse, bringUpToDate, complete, addWith, changeWith } = ways
  const schoolId = ctx.school.id
  const refusals = new Refusals(given.length)
  const items = await readItems(tx, ctx, kind, ways, given, refusals)
  const records = items.map((one) => one && changedOnly(own(one.item), one.before))
  await refuseTaken(tx, kind, schoolId, records, refusals)
  await refuseUnknown(tx, kind, schoolId, records, refusals)
  for (const [index, fields] of records.entries())
    if (check && fields) await refusals.gather(index, () => check(tx, ctx, fields, items[index]?.before))
  await refuseAlike(tx, ctx, kind, ways, comparedOf(items, given), refusals)
  await refuse?.(tx, ctx, items, refusals)
  refusals.throwIfAny((index) => (given[index] as { id?: string }).id)

  const edited = items.flatMap((one) => (one?.before ? [one as Edited<T, Item>] : []))
  const asSeen = edited.map(({ item, before }): Edit<T> => ({ before, fields: own(item) }))
  const brought = (await bringUpToDate?.(tx, ctx, asSeen)) ?? []
  const edits = renewed(asSeen, brought)
  const write = (isTouched?: IsTouched<T>) => replaceRows(tx, kind, edits, isTouched)
  const changes = edited.length ? await (changeWith?.(tx, ctx, edited, write) ?? write()) : []
  const typed = items.flatMap((one) => (one && !one.before ? [one.item as Item] : []))
  const fresh = (await complete?.(tx, ctx, typed)) ?? typed
  const added = await addRows(tx, kind, schoolId, fresh.map(own))
  const rows = added.map(({ after }) => after)
  return [...brought, ...changes, ...added, ...((await addWith?.(tx, ctx, rows, fresh)) ?? [])]
}
