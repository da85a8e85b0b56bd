/** Every write of records is one of `addRows`, `changeRows` and `replaceRows`: they derive names and answer for the journal. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Database, Packed, Reader, Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { canonical } from '../canonical.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import type { PreparedEntry } from '../journal/append.ts'
import { prepareEntries } from '../journal/append.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { isSame, isTold } from '../journal/entry.ts'
import { changesSince } from '../journal/since.ts'
import type { SeenVersion } from './input.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, findRow, idsOf } from './kind.ts'

/** Throws `stale`, with who was faster, unless the record has the version somebody saw. */
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

/** Throws `notFound` where there is none or it is archived. */
export async function currentRecord<T extends RecordTable>(
  tx: Reader,
  kind: Pick<KindCore<T>, 'table' | 'notFound'>,
  schoolId: number,
  id: string,
): Promise<RowOf<T>> {
  const row = await findRow(tx, kind, schoolId, id)
  if (!row || row.archivedAt) throw new DomainError(kind.notFound)
  return row
}

export const given = <F extends object>(fields: F): Given<F> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<F>
type Given<F> = { [Field in keyof F]?: Exclude<F[Field], undefined> }

export interface Written<T extends RecordTable> extends Change {
  after: RowOf<T>
}
export interface Edit<T extends RecordTable> {
  before: RowOf<T>
  fields: FieldsOf<T>
}
/** A touched row gets its next version although no field differs: something that belongs to it has changed. */
export type IsTouched<T extends RecordTable> = (row: RowOf<T>) => boolean
const untouched = () => false

/** Callers may hand in a whole input: only its columns are written and journaled. */
function columnsOf(table: RecordTable, fields: object): Record<string, unknown> {
  const columns = getTableColumns(asOne(table))
  const own: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) if (value !== undefined && field in columns) own[field] = value
  return own
}

const blanks = new WeakMap<RecordTable, Readonly<Record<string, unknown>>>()

export function blankOf(table: RecordTable): Readonly<Record<string, unknown>> {
  const known = blanks.get(table)
  if (known) return known
  const columns = Object.entries(getTableColumns(asOne(table)))
  const blank = Object.fromEntries(columns.map(([name, column]) => [name, column.default ?? null]))
  blanks.set(table, blank)
  return blank
}

type Added<T extends RecordTable> = FieldsOf<T> & { id?: string }

function additionsOf<T extends RecordTable>(
  { entity, table, derive, require }: KindCore<T>,
  schoolId: number,
  items: readonly Added<T>[],
): Written<T>[] {
  const blank = blankOf(table)
  return items.map((fields) => {
    const row = { ...blank, id: newId(), ...columnsOf(table, fields), schoolId } as RowOf<T>
    require?.(row)
    return { entity, after: Object.assign(row, derive?.(row)) }
  })
}

export async function addRows<T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  schoolId: number,
  items: readonly Added<T>[],
): Promise<Written<T>[]> {
  const changes: Written<T>[] = []
  for (const batch of inBatches(items)) {
    const added = additionsOf(kind, schoolId, batch)
    await tx.insertAll([kind.table, added.map(({ after }) => after)])
    changes.push(...added)
  }
  return changes
}

export const addRecord = async <T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  schoolId: number,
  fields: FieldsOf<T>,
) => (await addRows(tx, kind, schoolId, [fields]))[0] as Written<T>

const differs = <T extends RecordTable>({ table }: KindCore<T>, { before, fields }: Edit<T>) =>
  Object.entries(columnsOf(table, fields)).some(([field, value]) => !isSame(before[field], value))

function changeOf<T extends RecordTable>(
  { entity, table, derive, require }: KindCore<T>,
  { before, fields }: Edit<T>,
): Written<T> {
  const row = { ...before, ...columnsOf(table, fields), version: before.version + 1 } as RowOf<T>
  require?.(row)
  return { entity, before, after: Object.assign(row, derive?.(row)) }
}

async function writeChanges<T extends RecordTable>(
  kind: KindCore<T>,
  edits: readonly Edit<T>[],
  isTouched: IsTouched<T>,
  write: (changes: Written<T>[]) => Promise<unknown>,
): Promise<Written<T>[]> {
  const changes: Written<T>[] = []
  for (const [index, batch] of [...inBatches(edits)].entries()) {
    if (index) await breathe()
    const differing = batch.filter((edit) => isTouched(edit.before) || differs(kind, edit))
    const written = differing.map((edit) => changeOf(kind, edit))
    if (written.length) await write(written)
    changes.push(...written)
  }
  return changes
}

/** Rows that hold what an earlier one of them takes: two that exchange their values would refuse each other. */
function givingWay<T extends RecordTable>({ unique }: KindCore<T>, changes: readonly Written<T>[]): RowOf<T>[] {
  if (!unique) return []
  const taken = new Set<unknown>()
  return changes.flatMap(({ before, after }) => {
    const isTaken = before && !before.archivedAt && taken.has(before[unique.field])
    taken.add(after[unique.field])
    return isTaken ? [before as RowOf<T>] : []
  })
}

/** Writes into each row its own fields, in their order: the row that frees a unique value comes first, or both exchange it. */
export const replaceRows = <T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  edits: readonly Edit<T>[],
  isTouched: IsTouched<T> = untouched,
): Promise<Written<T>[]> =>
  writeChanges(kind, edits, isTouched, async (changes) => {
    const away = givingWay(kind, changes).map((row) => ({ ...row, archivedAt: new Date(0) }))
    if (away.length) await tx.replaceAll(kind.table, away)
    await tx.replaceAll(
      kind.table,
      changes.map(({ after }) => after),
    )
  })

/** Rows and their entries, ready before a lock is taken: little but the inserts is left to do under it. */
export interface Prepared {
  replaces: boolean
  packed: Packed
  entries: PreparedEntry[]
}

const prepared = <T extends RecordTable>(db: Database, { table }: KindCore<T>, written: Written<T>[]) => ({
  packed: db.pack(
    table,
    written.map(({ after }) => after),
  ),
  entries: prepareEntries(written),
})

/** The school may not be there yet: `writePrepared` names it. */
export const prepareAdded = <T extends RecordTable>(
  db: Database,
  kind: KindCore<T>,
  items: readonly Added<T>[],
): Prepared => ({ replaces: false, ...prepared(db, kind, additionsOf(kind, 0, items)) })

export const prepareReplaced = <T extends RecordTable>(
  db: Database,
  kind: KindCore<T>,
  edits: readonly Edit<T>[],
): Prepared => {
  const written = edits.map((edit) => changeOf(kind, edit))
  return { replaces: true, ...prepared(db, kind, written) }
}

export const writePrepared = <T extends RecordTable>(
  tx: Transaction,
  { table }: KindCore<T>,
  schoolId: number,
  { replaces, packed }: Prepared,
): Promise<void> => (replaces ? tx.replacePacked(schoolId, table, packed) : tx.insertPacked(schoolId, table, packed))

export function refolded<T extends RecordTable>({ derive }: KindCore<T>, rows: readonly RowOf<T>[]): RowOf<T>[] {
  return rows.flatMap((row) => {
    const folds = Object.entries(derive?.(row) ?? {}).filter(([field]) => !isTold(field))
    return folds.some(([field, value]) => row[field] !== value) ? [{ ...row, ...Object.fromEntries(folds) }] : []
  })
}

/** The journal tells nothing of these columns, and their version is theirs still. Answers how many rows it wrote. */
export async function refoldRows<T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  rows: readonly RowOf<T>[],
): Promise<number> {
  const written = refolded(kind, rows)
  await tx.replaceAll(kind.table, written)
  return written.length
}

export function changeRows<T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  rows: readonly RowOf<T>[],
  fields: FieldsOf<T>,
  isTouched: IsTouched<T> = untouched,
): Promise<Written<T>[]> {
  const { schoolId, id, version } = asOne(kind.table)
  const set = columnsOf(kind.table, fields)
  const edits = rows.map((before) => ({ before, fields: set as FieldsOf<T> }))
  const written = ({ before, after }: Written<T>) =>
    Object.entries(after).filter(([field, value]) => field in set || (field !== 'version' && value !== before?.[field]))
  return writeChanges(kind, edits, isTouched, async (changes) => {
    for (const alike of grouped(changes, (change) => canonical(written(change))).values()) {
      const [first] = alike as [Written<T>]
      await tx
        .update(asOne(kind.table))
        .set({ ...Object.fromEntries(written(first)), version: sql`${version} + 1` })
        .where(and(eq(schoolId, first.after.schoolId), inArray(id, idsOf(alike.map(({ after }) => after)))))
    }
  })
}
