import type { Column, SQL, SQLWrapper } from 'drizzle-orm'
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'

type SchoolTable = Record<'schoolId' | 'id', Column>

export const inUse = (
  { schoolId, archivedAt }: Pick<SchoolTable, 'schoolId'> & { archivedAt: Column },
  school: number | SQLWrapper,
  ...conditions: (SQL | undefined)[]
): SQL | undefined => and(eq(schoolId, school), isNull(archivedAt), ...conditions)

/** Few rows are sorted or grouped by it: in the order of the column itself, SQLite would walk through an index of the whole school. */
export const fewBy = (column: Column): SQL => sql`${column} || ''`

type ColumnOf<T> = Column & { _: { data: T } }

/** For a join: the reference names the row, which is of the same school. Both ids are of one type. */
export const refersTo = <Id>(
  reference: ColumnOf<Id>,
  { schoolId, id }: { schoolId: Column; id: ColumnOf<NoInfer<Id>> },
): SQL | undefined =>
  and(eq(schoolId, (getTableColumns(reference.table) as SchoolTable).schoolId), eq<Column>(id, reference))
