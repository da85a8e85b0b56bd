import { setImmediate as breathe } from 'node:timers/promises'
import type { Column, SQL } from 'drizzle-orm'
import { and, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import type * as schema from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Reason } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'

export type RecordTable = { [Name in keyof typeof schema]: EditedTable<(typeof schema)[Name]> }[keyof typeof schema]
type EditedTable<T> = T extends { schoolId: Column; id: Column; version: Column; archivedAt: Column } ? T : never

export type RowOf<T extends RecordTable> = T['$inferSelect'] & Owned
interface Owned extends Record<string, unknown> {
  schoolId: number
  id: string
  version: number
  archivedAt: Date | null
}
type Fields<Row> = { [Field in keyof Row]?: Row[Field] | undefined }
/** A field that is undefined stays as it is. */
export type FieldsOf<T extends RecordTable> = Fields<Omit<T['$inferSelect'], 'schoolId' | 'id' | 'version'>>

export interface KindCore<T extends RecordTable> {
  entity: JournalEntity
  table: T
  notFound: Reason
  stale: Reason
  unique?: { field: keyof FieldsOf<T> & string; taken: Reason }
  derive?(row: RowOf<T>): FieldsOf<T>
  /** Throws where a row can not be written like this. */
  require?(row: RowOf<T>): void
}
type TableOf<T extends RecordTable> = Pick<KindCore<T>, 'table'>

type AnyTable = typeof schema.rooms
/** Drizzle can not type a query on any table: as one of them, only the columns that all have are used. */
export const asOne = (table: RecordTable) => table as AnyTable
export const columnOf = (table: RecordTable, field: string) => getTableColumns(asOne(table))[field as 'id']

export const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id)

export async function rowsWhere<T extends RecordTable>(
  db: Reader,
  { table }: TableOf<T>,
  schoolId: number,
  condition: SQL | undefined,
): Promise<RowOf<T>[]> {
  const rows = await db
    .select()
    .from(asOne(table))
    .where(and(eq(asOne(table).schoolId, schoolId), condition))
  return rows as RowOf<T>[]
}

export async function rowsWith<T extends RecordTable>(
  db: Reader,
  kind: TableOf<T>,
  schoolId: number,
  field: string,
  ids: Iterable<string>,
): Promise<RowOf<T>[]> {
  const rows: RowOf<T>[] = []
  for (const batch of inBatches(ids)) {
    if (rows.length) await breathe()
    rows.push(...(await rowsWhere(db, kind, schoolId, inArray(columnOf(kind.table, field), batch))))
  }
  return rows
}

export async function findRow<T extends RecordTable>(
  db: Reader,
  kind: TableOf<T>,
  schoolId: number,
  id: string,
): Promise<RowOf<T> | undefined> {
  return (await rowsWhere(db, kind, schoolId, eq(asOne(kind.table).id, id)))[0]
}
