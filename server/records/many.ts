/** Many records in one operation: all of them or none, and what could not be done is said of each. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { isSame } from '../journal/entry.ts'
import type { Changed } from '../journal/operation.ts'
import type { SeenVersion } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne } from './kind.ts'
import type { Outcome } from './refusals.ts'
import { Refusals } from './refusals.ts'
import { given } from './write.ts'

export interface ManyAnswer {
  /** For `journal.undo`. */
  operationId: string
  /** How many records were changed. */
  changed: number
  /** Of each named item, in their order; none where a filter named them. */
  outcomes: Outcome[]
}

/** As many as a filter may name: the school's other writes wait meanwhile. */
const filteredAtMost = 50_000

/** The named records as they were seen, in the items' order; `many.refused` names those that changed or are gone. */
export async function seenMany<T extends RecordTable>(
  tx: Reader,
  kind: KindCore<T>,
  { school }: MutationContext,
  items: readonly SeenVersion[],
): Promise<RowOf<T>[]> {
  const found = new Map<string, RowOf<T>>()
  for (const batch of inBatches(items)) {
    const ids = batch.map(({ id }) => id)
    const rows = await tx
      .select()
      .from(asOne(kind.table))
      .where(and(eq(asOne(kind.table).schoolId, school.id), inArray(asOne(kind.table).id, ids)))
    for (const row of rows as unknown as RowOf<T>[]) found.set(row.id, row)
  }
  const refusals = new Refusals(items.length)
  const named = new Set<string>()
  for (const [index, { id, version }] of items.entries()) {
    const row = found.get(id)
    if (named.has(id)) refusals.add(index, { reason: 'input.invalid' })
    named.add(id)
    if (!row) refusals.add(index, { reason: kind.notFound })
    else if (row.version !== version) refusals.add(index, { reason: kind.stale })
    else if (row.erasedAt) refusals.add(index, { reason: 'record.erased' })
  }
  refusals.throwIfAny((index) => items[index]?.id)
  return items.flatMap(({ id }) => found.get(id) ?? [])
}

const firstId = '00000000-0000-0000-0000-000000000000'
const readAtOnce = 1_000

/** Every row of a list, page after page by id. */
export async function everyRow<Row extends { id: string }>(
  read: (page: { after: string; limit: number }) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await read({ after: rows.at(-1)?.id ?? firstId, limit: readAtOnce })
    rows.push(...page)
    if (page.length < readAtOnce) return rows
    await breathe()
  }
}

/** `many.changed` unless the filter finds as many as the person saw. */
export function requireExpected(found: number, expected: number): void {
  if (found !== expected) throw new DomainError('many.changed', { found, expected })
  if (found > filteredAtMost) throw new DomainError('many.too_many', { found, atMost: filteredAtMost })
}

/** A row with nothing in it but what its columns begin with. */
function blankOf(table: RecordTable): Record<string, unknown> {
  const columns = Object.entries(getTableColumns(asOne(table)))
  return Object.fromEntries(columns.map(([name, column]) => [name, column.default ?? null]))
}

/** Adds a record of each, with new ids. */
export async function addMany<T extends RecordTable>(
  tx: Transaction,
  { entity, table, derive }: KindCore<T>,
  schoolId: number,
  items: readonly FieldsOf<T>[],
): Promise<(Change & { after: RowOf<T> })[]> {
  const blank = blankOf(table)
  const changes: (Change & { after: RowOf<T> })[] = []
  for (const batch of inBatches(items)) {
    const rows = batch.map((fields) => {
      const row = { ...blank, ...given(fields), schoolId, id: newId() } as RowOf<T>
      return derive ? ({ ...row, ...derive(row) } as RowOf<T>) : row
    })
    await tx.insertAll([table, rows])
    changes.push(...rows.map((after) => ({ entity, after })))
  }
  return changes
}

/**
 * Writes the same fields into all of these rows, those that hold them already left alone. The fields are none that others
 * are derived from: names stay with `changeRecord`. Around those in `touched` something has changed: their version goes on.
 */
export async function changeMany<T extends RecordTable>(
  tx: Transaction,
  { entity, table }: KindCore<T>,
  rows: readonly RowOf<T>[],
  fields: FieldsOf<T>,
  touched: ReadonlySet<string> = new Set(),
): Promise<Change[]> {
  const set = given(fields) as Record<string, unknown>
  const { schoolId, id, version } = asOne(table)
  const changes: Change[] = []
  const values = Object.entries(set)
  const differing = rows.filter(
    (row) => touched.has(row.id) || values.some(([field, value]) => !isSame(row[field], value)),
  )
  for (const batch of inBatches(differing)) {
    const ids = batch.map((row) => row.id)
    await tx
      .update(asOne(table))
      .set({ ...set, version: sql`${version} + 1` } as never)
      .where(and(eq(schoolId, batch[0]?.schoolId ?? 0), inArray(id, ids)))
    for (const before of batch) {
      const after = { ...before, ...set, version: before.version + 1 } as RowOf<T>
      changes.push({ entity, before, after })
    }
    if (differing.length > batch.length) await breathe()
  }
  return changes
}

/** The answer, the same for a repetition of the request: items left alone keep the version they were named with. */
export function manyAnswer<T extends RecordTable>(
  { operation }: MutationContext,
  { entity }: KindCore<T>,
  changed: readonly Changed[],
  items: readonly SeenVersion[] | 'added' | 'filtered',
): ManyAnswer {
  const own = changed.filter((one) => one.entity === entity)
  const versions = new Map(own.map(({ id, version }) => [id, version]))
  const named = items === 'added' ? own : items === 'filtered' ? [] : items
  const outcomes = named.map(({ id, version }, index) => ({
    index,
    id,
    ok: true,
    version: versions.get(id) ?? version,
  }))
  return { operationId: operation.id, changed: versions.size, outcomes }
}
