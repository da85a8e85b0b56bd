/** What it takes to read and write the records of a kind. What else a kind decides is in declaration.ts. */
import type { Column, SQL } from 'drizzle-orm'
import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import type * as schema from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Reason } from '../errors.ts'

/** Any table whose rows people edit: it has `schoolId`, `id`, `version` and `archivedAt`. */
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
/** Fields to be written, without the row's place; one that is undefined stays as it is. */
export type FieldsOf<T extends RecordTable> = Fields<Omit<T['$inferSelect'], 'schoolId' | 'id' | 'version'>>

export interface KindCore<T extends RecordTable> {
  entity: JournalEntity
  table: T
  notFound: Reason
  stale: Reason
  /** What no two records in use share. */
  unique?: { field: keyof FieldsOf<T> & string; taken: Reason }
  /** Columns that follow from others, such as `sortName`. */
  derive?(row: RowOf<T>): FieldsOf<T>
}

/** Any of the tables as one of them: what is the same in all is all that these functions use. */
export const asOne = (table: RecordTable) => table as typeof schema.rooms

/** The ids of records, in their order. */
export const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id)

/** The row of this id in this school, archived or not. */
export const isRecord = (table: RecordTable, schoolId: number, id: string): SQL | undefined =>
  and(eq(asOne(table).schoolId, schoolId), eq(asOne(table).id, id))

/** The whole row; undefined where this school has none of this id. */
export async function findRow<T extends RecordTable>(
  db: Reader | Transaction,
  { table }: Pick<KindCore<T>, 'table'>,
  schoolId: number,
  id: string,
): Promise<RowOf<T> | undefined> {
  const [row] = await db
    .select()
    .from(asOne(table))
    .where(isRecord(table, schoolId, id))
  return row as unknown as RowOf<T> | undefined
}
