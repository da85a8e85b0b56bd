/** Rows as JSON has them, the same for both databases: instants are ISO 8601 in UTC, decimals are strings. */
import type { Column } from 'drizzle-orm'
import { getTableColumns, is, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { InJson } from './carried.ts'
import { UnstorableError } from './kinds.ts'
import { codecsOf } from './kit.ts'

export type NeutralRow = Record<string, unknown>

const called: Record<InJson, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object or a list',
  instant: 'an instant such as 2026-11-30T08:00:00.000Z',
}

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function instantOrSame(inJson: InJson, plain: unknown): unknown {
  if (inJson === 'object') return typeof plain === 'object' ? plain : undefined
  if (inJson !== 'instant') return typeof plain === inJson ? plain : undefined
  if (typeof plain !== 'string' || !instantForm.test(plain)) return undefined
  const instant = new Date(plain)
  return instant.toJSON() === plain ? instant : undefined
}

function read(key: string, column: Column, plain: unknown): unknown {
  const { sqlite, carried } = codecsOf(column)
  const value = instantOrSame(carried.inJson, plain)
  if (value === undefined) throw new UnstorableError(`${key} is not ${called[carried.inJson]}`)
  try {
    sqlite.store(value)
  } catch (error) {
    if (error instanceof UnstorableError) throw new UnstorableError(`${key}: ${error.message}`)
    throw error
  }
  return value
}

const defaultOf = (column: Column) => (is(column.default, SQL) ? null : (column.default ?? null))

/** A column that a row lacks gets its default, as in older files. Throws `UnstorableError` for what a column can't hold and for unknown columns. */
export function rowReader(table: PgTable, leftOut: readonly string[] = []): (plain: unknown) => NeutralRow {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => !leftOut.includes(key))
  const known = new Set(columns.map(([key]) => key))
  return (plain) => {
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
      throw new UnstorableError('the line is not an object')
    const unknown = Object.keys(plain).find((key) => !known.has(key))
    if (unknown !== undefined) throw new UnstorableError(`there is no column ${JSON.stringify(unknown)}`)
    const row: NeutralRow = {}
    for (const [key, column] of columns) {
      const told = Object.hasOwn(plain, key) ? (plain as NeutralRow)[key] : defaultOf(column)
      if (told === null && column.notNull) throw new UnstorableError(`${key} is missing`)
      row[key] = told === null ? null : read(key, column, told)
    }
    return row
  }
}
