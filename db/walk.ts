/** All rows of a school in the order of the primary key, which is the same in both databases, some at a time. */
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Reader } from './database.ts'
import { tableConfig } from './kit.ts'

const rowsAtOnce = 500

function keysOf(table: PgTable): [key: string, column: PgColumn][] {
  const names = tableConfig(table).primaryKeys[0]?.columns.map(({ name }) => name) ?? []
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>)
  return names.flatMap((name) => columns.filter(([key, column]) => column.name === name && key !== 'schoolId'))
}

export type SchoolTable = PgTable & { schoolId: PgColumn }

/** `tx` is a snapshot or a transaction, so that all pages are of one moment. */
export async function* walkRows(
  tx: Reader,
  table: SchoolTable,
  schoolId: number,
): AsyncGenerator<Record<string, unknown>[]> {
  const keys = keysOf(table)
  const columns = keys.map(([, column]) => column)
  let last: Record<string, unknown> | undefined
  for (;;) {
    const after = keys.map(([key, column]) => sql.param(last?.[key], column))
    const rows = (await tx
      .select()
      .from(table as PgTable)
      .where(
        and(eq(table.schoolId, schoolId), last && sql`(${sql.join(columns, sql`, `)}) > (${sql.join(after, sql`, `)})`),
      )
      .orderBy(...columns)
      .limit(rowsAtOnce)) as Record<string, unknown>[]
    if (rows.length) yield rows
    if (rows.length < rowsAtOnce) return
    last = rows.at(-1)
  }
}
export type { PgTable }
