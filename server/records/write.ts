/** The steps that every write of a record is made of. Each answers what the journal is to tell. */
import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { canonical } from '../canonical.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { changesSince } from '../journal/since.ts'
import type { SeenVersion } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, findRow, isRecord } from './kind.ts'

/** The record as somebody saw it, to be changed now; the kind's `stale` says who was faster. */
export async function seenRecord<T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  { school }: Pick<Context, 'school'>,
  { id, version }: SeenVersion,
): Promise<RowOf<T>> {
  const row = await findRow(tx, kind, school.id, id)
  if (!row) throw new DomainError(kind.notFound)
  if (row.version !== version)
    throw new DomainError(kind.stale, { changes: await changesSince(tx, school.id, kind.entity, id, version) })
  if (row.erasedAt) throw new DomainError('record.erased')
  return row
}

/** The record as it is now, whichever version; the kind's `notFound` where there is none or it is archived. */
export async function currentRecord<T extends RecordTable>(
  tx: Transaction,
  kind: Pick<KindCore<T>, 'table' | 'notFound'>,
  schoolId: number,
  id: string,
): Promise<RowOf<T>> {
  const row = await findRow(tx, kind, schoolId, id)
  if (!row || row.archivedAt) throw new DomainError(kind.notFound)
  return row
}

/** Only the fields that were given. */
export const given = <F extends object>(fields: F): Given<F> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<F>
type Given<F> = { [Field in keyof F]?: Exclude<F[Field], undefined> }

/** Adds a record with a new id. */
export async function addRecord<T extends RecordTable>(
  tx: Transaction,
  { entity, table, derive }: KindCore<T>,
  schoolId: number,
  fields: FieldsOf<T>,
): Promise<Change & { after: RowOf<T> }> {
  const row = { ...given(fields), schoolId, id: newId() } as RowOf<T>
  const [after] = await tx
    .insert(asOne(table))
    .values({ ...row, ...derive?.(row) } as never)
    .returning()
  return { entity, after: after as unknown as RowOf<T> }
}

/** Writes the fields under the next version; nothing when none differs and nothing around the record (`touched`) has changed. */
export async function changeRecord<T extends RecordTable>(
  tx: Transaction,
  { entity, table, derive }: KindCore<T>,
  before: RowOf<T>,
  fields: FieldsOf<T>,
  touched = false,
): Promise<Change[]> {
  const merged = { ...before, ...given(fields) }
  if (!touched && canonical(merged) === canonical(before)) return []
  const [after] = await tx
    .update(asOne(table))
    .set({ ...given(fields), ...derive?.(merged), version: before.version + 1 } as never)
    .where(isRecord(table, before.schoolId, before.id))
    .returning()
  return [{ entity, before, after: after as unknown as RowOf<T> }]
}

interface Revised<T extends RecordTable> extends Change {
  after: RowOf<T>
}
/** The row with the fields under its next version, for `writeRevised`; nothing when none differs. */
export function revised<T extends RecordTable>(
  { entity, derive }: KindCore<T>,
  before: RowOf<T>,
  fields: FieldsOf<T>,
): Revised<T>[] {
  const merged = { ...before, ...given(fields) } as RowOf<T>
  if (canonical(merged) === canonical(before)) return []
  return [{ entity, before, after: { ...merged, ...derive?.(merged), version: before.version + 1 } as RowOf<T> }]
}

const writtenAtOnce = 200

/** What `changeRecord` does for one, for many that are each to hold something else. */
export async function writeRevised<T extends RecordTable>(
  tx: Transaction,
  { table }: KindCore<T>,
  changes: Revised<T>[],
): Promise<Change[]> {
  for (const batch of inBatches(changes, writtenAtOnce)) {
    const rows = batch.map(({ after }) => after)
    await tx.replaceAll(table, rows)
  }
  return changes
}
