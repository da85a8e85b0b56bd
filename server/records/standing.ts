/** What stands on a record, counted and named. */
import type { Column, SQL } from 'drizzle-orm'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, Kind, RecordTable, RowOf, Standing } from './kind.ts'
import { asOne } from './kind.ts'
import { revised, writeRevised } from './write.ts'

export const namesShown = 5

/** The rows of `table` in the school that are not archived and fulfil `condition`. */
const standing = (table: RecordTable, schoolId: unknown, condition: SQL | undefined) =>
  and(eq(asOne(table).schoolId, schoolId as never), isNull(asOne(table).archivedAt), condition)

/** For a list: how many rows of `table` stand on each of its records. */
export const countOf = (db: Reader, table: RecordTable, schoolId: Column, condition: SQL | undefined): SQL<number> => {
  const counted = db
    .select({ count: sql`count(*)` })
    .from(asOne(table))
    .where(standing(table, schoolId, condition))
  return sql<number>`(${counted})`.mapWith(Number)
}

/** For an archiving: how many there are, and the first few by name. */
export async function standingOf(
  tx: Reader,
  entity: JournalEntity,
  { table, name }: { table: RecordTable; name: Column | SQL<string> },
  schoolId: number,
  condition: SQL | undefined,
): Promise<Standing> {
  const rows = await tx
    .select({ name: sql<string>`${name}`, count: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(asOne(table))
    .where(standing(table, schoolId, condition))
    .orderBy(asc(sql`${name}`))
    .limit(namesShown)
  return { entity, count: rows[0]?.count ?? 0, names: rows.map((row) => row.name) }
}

/** Changes every standing row of a kind that fulfils `condition`, each under its next version. */
export async function changeStanding<T extends RecordTable>(
  tx: Transaction,
  kind: Kind<T>,
  schoolId: number,
  condition: SQL | undefined,
  fields: (row: RowOf<T>) => FieldsOf<T>,
): Promise<Change[]> {
  const rows = await tx
    .select()
    .from(asOne(kind.table))
    .where(standing(kind.table, schoolId, condition))
  const changes = (rows as unknown as RowOf<T>[]).flatMap((row) => revised(kind, row, fields(row)))
  return writeRevised(tx, kind, changes)
}
