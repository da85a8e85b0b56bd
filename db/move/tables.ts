import type { Column } from 'drizzle-orm'
import { getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Codecs } from '../codecs.ts'
import { codecsOf, isTable, tableConfig } from '../kit.ts'
import * as schema from '../schema/index.ts'

export interface MovedColumn {
  name: string
  codecs: Codecs<unknown>
}
export interface MovedTable {
  name: string
  columns: MovedColumn[]
  key: MovedColumn[]
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const namesOf = (columns: readonly MovedColumn[]): string => columns.map(({ name }) => quoted(name)).join(', ')

const movedColumn = (column: Column): MovedColumn => ({ name: column.name, codecs: codecsOf(column) })

export function movedTable(table: PgTable): MovedTable {
  const { name, primaryKeys } = tableConfig(table)
  const columns = Object.values<Column>(getTableColumns(table))
  const composite = primaryKeys[0]?.columns.map((column) => column.name)
  const names = composite ?? columns.filter((column) => column.primary).map((column) => column.name)
  const moved = columns.map(movedColumn)
  const key = names.flatMap((each) => moved.filter((column) => column.name === each))
  if (!key.length) throw new Error(`Table ${name} has no primary key, by which its rows could be read in parts`)
  return { name, columns: moved, key }
}

export const movedTables: readonly MovedTable[] = Object.values(schema).filter(isTable).map(movedTable)

export const longestKey = Math.max(...movedTables.map(({ key }) => key.length))
export const keyNames = (columns: number): string =>
  Array.from({ length: columns }, (_, index) => `k${index + 1}`).join(', ')

export const keyParameter = ({ codecs: { sqlite, postgres } }: MovedColumn, stored: unknown): unknown =>
  postgres.store(sqlite.load(stored as never))

const bareType = ({ codecs }: MovedColumn): string => codecs.postgres.type.replace(/ collate .*/i, '')
/** Texts are ordered by their bytes, as SQLite orders them. */
export const keyInPostgres = (key: readonly MovedColumn[]): string =>
  key.map((column) => `${quoted(column.name)}${bareType(column) === 'text' ? ' collate "C"' : ''}`).join(', ')
export const keyParameters = (key: readonly MovedColumn[], first: number): string =>
  key.map((column, index) => `$${first + index}::${bareType(column)}`).join(', ')
export const keysAsText = (key: readonly MovedColumn[], keys: readonly (readonly unknown[])[]): string =>
  JSON.stringify(keys.map((values) => key.map((column, index) => keyParameter(column, values[index]))))
export const isOneOf = (key: readonly MovedColumn[]): string => {
  const values = key.map((column, index) => `(each ->> ${index})::${bareType(column)}`)
  return `(${namesOf(key)}) in (select ${values.join(', ')} from jsonb_array_elements($1::text::jsonb) each)`
}
