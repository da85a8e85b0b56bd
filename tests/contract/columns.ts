/** Which fields may be empty in the database, by their names. */
import { getTableColumns } from 'drizzle-orm'
import * as schema from '../../db/schema/index.ts'

let names: Set<string> | undefined

export function mayBeEmpty(name: string): boolean {
  names ??= new Set(
    Object.values(schema).flatMap((table) =>
      Object.entries(getTableColumns(table)).flatMap(([key, { notNull }]) => (notNull ? [] : [key])),
    ),
  )
  return names.has(name)
}
