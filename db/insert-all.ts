/** Drizzle builds a statement of thousands of parts for many rows, which costs three times as much. */
import type { Column } from 'drizzle-orm'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

export interface Plan {
  table: string
  names: string
  columns: [key: string, column: Column][]
  school: number
  overwrite: string
}
const plans = new WeakMap<PgTable, Plan>()

export function insertPlan(table: PgTable): Plan {
  const known = plans.get(table)
  if (known) return known
  const columns = Object.entries(getTableColumns(table))
  const taken = columns.filter(([key]) => key !== 'schoolId' && key !== 'id')
  const plan: Plan = {
    table: `"${getTableName(table)}"`,
    names: columns.map(([, { name }]) => `"${name}"`).join(', '),
    columns,
    school: columns.findIndex(([key]) => key === 'schoolId'),
    overwrite: ` on conflict ("school_id", "id") do update set ${taken
      .map(([, { name }]) => `"${name}" = excluded."${name}"`)
      .join(', ')}`,
  }
  plans.set(table, plan)
  return plan
}

export const valuesOf = ({ columns }: Plan, row: object): unknown[] =>
  columns.map(([key, column]) => {
    const value = (row as Record<string, unknown>)[key] ?? null
    return value === null ? null : column.mapToDriverValue(value)
  })

export function valuesOfAll(table: PgTable, rows: readonly object[]): unknown[][] {
  const plan = insertPlan(table)
  return rows.map((row) => valuesOf(plan, row))
}
