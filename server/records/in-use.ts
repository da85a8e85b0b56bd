import type { Column, SQL } from 'drizzle-orm'
import { and, asc, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Change } from '../journal/entry.ts'
import type { InUse, WhenArchived } from './declaration.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import { asOne, rowsWhere } from './kind.ts'
import { replaceRows } from './write.ts'

export const namesShown = 5
type Name = Column | SQL<string>

export const countOf = (db: Reader, table: RecordTable, schoolId: Column, condition: SQL | undefined): SQL<number> => {
  const counted = db
    .select({ count: sql`count(*)` })
    .from(asOne(table))
    .where(inUse(asOne(table), schoolId, condition))
  return sql<number>`(${counted})`.mapWith(Number)
}

export async function inUseOf<Said extends JournalEntity>(
  tx: Reader,
  entity: Said,
  { table, name }: { table: RecordTable; name: Name },
  schoolId: number,
  condition: SQL | undefined,
): Promise<InUse<Said>> {
  const rows = await tx
    .select({ name: sql<string>`${name}`, count: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(asOne(table))
    .where(inUse(asOne(table), schoolId, condition))
    .orderBy(asc(sql`${name}`))
    .limit(namesShown)
  return { entity, count: rows[0]?.count ?? 0, names: rows.map((row) => row.name) }
}

export async function changeInUse<T extends RecordTable>(
  tx: Transaction,
  kind: KindCore<T>,
  schoolId: number,
  condition: SQL | undefined,
  fields: (row: RowOf<T>) => FieldsOf<T>,
): Promise<Change[]> {
  const rows = await rowsWhere(tx, kind, schoolId, and(isNull(asOne(kind.table).archivedAt), condition))
  return replaceRows(
    tx,
    kind,
    rows.map((before) => ({ before, fields: fields(before) })),
  )
}

/** The dependents can only stay and go on naming the archived record; people know them by `name`. */
export const remains = <T extends RecordTable>(name: Name): WhenArchived<T> => ({
  inUse: (tx, { school }, ids, { kind: { entity, table }, column }) =>
    inUseOf(tx, entity, { table, name }, school.id, inArray(column, [...ids])),
})

export const cleared = <T extends RecordTable>(field: keyof FieldsOf<T> & string, name: Name): WhenArchived<T> => ({
  ...remains<T>(name),
  end: (tx, { school }, ids, { kind, column }) =>
    changeInUse(tx, kind, school.id, inArray(column, [...ids]), () => ({ [field]: null }) as FieldsOf<T>),
})
