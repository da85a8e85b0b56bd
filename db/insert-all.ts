/** Inserting many whole rows without building a statement of thousands of parts: a third of Drizzle's cost. */
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

interface Plan {
  /** `insert into "students" ("school_id", …) values ` */
  head: string
  columns: number
  /** After the values: the row of the same school and id takes all of them. */
  overwrite: string
  valuesOf(row: object): unknown[]
}
const plans = new WeakMap<PgTable, Plan>()

/** How rows of a table are inserted: all columns, each value as the driver takes it. */
export function insertPlan(table: PgTable): Plan {
  const known = plans.get(table)
  if (known) return known
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([, { name }]) => `"${name}"`).join(', ')
  const plan: Plan = {
    head: `insert into "${getTableName(table)}" (${names}) values `,
    columns: columns.length,
    overwrite: ` on conflict ("school_id", "id") do update set ${columns
      .filter(([key]) => key !== 'schoolId' && key !== 'id')
      .map(([, { name }]) => `"${name}" = excluded."${name}"`)
      .join(', ')}`,
    valuesOf: (row) =>
      columns.map(([key, column]) => {
        const value = (row as Record<string, unknown>)[key] ?? null
        return value === null ? null : column.mapToDriverValue(value)
      }),
  }
  plans.set(table, plan)
  return plan
}
