/** Inserting many whole rows without building a statement of thousands of parts: a third of Drizzle's cost. */
import type { Column } from 'drizzle-orm'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

export interface Plan {
  /** The table's name, quoted. */
  table: string
  /** The columns' names, quoted, with commas. */
  names: string
  columns: [key: string, column: Column][]
  /** At the statement's end: the row of the same school and id takes every value. */
  overwrite: string
}
const plans = new WeakMap<PgTable, Plan>()

/** What a statement that inserts whole rows into the table is made of. */
export function insertPlan(table: PgTable): Plan {
  const known = plans.get(table)
  if (known) return known
  const columns = Object.entries(getTableColumns(table))
  const taken = columns.filter(([key]) => key !== 'schoolId' && key !== 'id')
  const plan: Plan = {
    table: `"${getTableName(table)}"`,
    names: columns.map(([, { name }]) => `"${name}"`).join(', '),
    columns,
    overwrite: ` on conflict ("school_id", "id") do update set ${taken
      .map(([, { name }]) => `"${name}" = excluded."${name}"`)
      .join(', ')}`,
  }
  plans.set(table, plan)
  return plan
}

/** A row's values as the driver takes them, in the plan's order. */
export const valuesOf = ({ columns }: Plan, row: object): unknown[] =>
  columns.map(([key, column]) => {
    const value = (row as Record<string, unknown>)[key] ?? null
    return value === null ? null : column.mapToDriverValue(value)
  })
