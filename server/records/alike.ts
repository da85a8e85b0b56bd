import type { Column, SQL } from 'drizzle-orm'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import type { Telling } from '../../db/folding.ts'
import { isApart, nameKey } from '../../db/folding.ts'
import type { RecordEntity } from '../../db/values.ts'
import { recordKinds } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import type { KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, idsOf, rowsWhere, rowsWith } from './kind.ts'
import type { Refusals } from './refusals.ts'

export async function idsWith(
  { db, school }: Context,
  table: RecordTable,
  column: Column,
  values: readonly string[],
  more?: SQL,
): Promise<string[]> {
  const ids: string[] = []
  for (const batch of inBatches(new Set(values.filter(Boolean)))) {
    const t = asOne(table)
    const rows = await db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.schoolId, school.id), inArray(column, batch), more))
    ids.push(...idsOf(rows))
  }
  return ids
}

export const told = <Row extends { archivedAt: Date | null }>({ archivedAt, ...row }: Row) => ({
  ...row,
  archivedAt: archivedAt?.toISOString() ?? null,
})

export interface Compared {
  beside?: number | undefined
}
type Values = Readonly<Record<string, unknown>>
export interface AlikeWays {
  /** The column by which namesakes are found, and what it holds for these values; else all records in use are looked at. */
  namesakes?: readonly [column: string, of: (values: never) => string]
  told?(db: Reader, ctx: Context, ids: readonly string[]): Promise<Map<string, object>>
}

async function namesakesOf<T extends RecordTable>(
  tx: Reader,
  ctx: Context,
  kind: KindCore<T>,
  { namesakes, told }: AlikeWays,
  items: readonly object[],
): Promise<Values[]> {
  const [column, of] = namesakes ?? []
  const rows: RowOf<T>[] =
    column && of
      ? await rowsWith(tx, kind, ctx.school.id, column, new Set(items.map((item) => of(item as never))))
      : await rowsWhere(tx, kind, ctx.school.id, isNull(asOne(kind.table).archivedAt))
  const used = rows.filter(({ archivedAt }) => !archivedAt)
  const more = await told?.(tx, ctx, idsOf(used))
  return used.map((row) => ({ ...row, ...more?.get(row.id) }))
}

/** Refuses new items that equal more records in use than somebody saw; an item that does not say how many is not compared. */
export async function refuseAlike<T extends RecordTable>(
  tx: Reader,
  ctx: Context,
  kind: KindCore<T>,
  ways: AlikeWays,
  items: readonly (Compared | undefined)[],
  refusals: Refusals,
): Promise<void> {
  const compared = items.flatMap((item, index) => (item?.beside === undefined ? [] : [{ item, index }]))
  const { telling, unique }: { telling: Telling; unique: string | null } = recordKinds[kind.entity as RecordEntity]
  // A name that no two share is refused where it is taken.
  if (!compared.length || telling.names.some((name) => name === unique)) return
  const found = await namesakesOf(
    tx,
    ctx,
    kind,
    ways,
    compared.map(({ item }) => item),
  )
  const named = grouped(found, (row) => nameKey(row, telling))
  for (const { item, index } of compared) {
    const values = item as Values
    const same = (named.get(nameKey(values, telling)) ?? []).filter((row) => !isApart(values, row, telling))
    if (same.length > (item.beside ?? 0)) refusals.add(index, { reason: 'record.alike' })
  }
}
