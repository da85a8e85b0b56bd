/** How a value leaves its database, by the kind of its column: for PostgreSQL, for a comparison of both, and for files of neither. */
import type { BinaryRows } from './move/binary-rows.ts'

/** What JSON holds of it, in files that belong to neither database. */
export type InJson = 'string' | 'number' | 'boolean' | 'object' | 'instant'

export interface Carried {
  inJson: InJson
  /** `stored` is what SQLite holds, and never null. */
  write(rows: BinaryRows, stored: never): void
  /** SQL for a text that is equal in both databases where the values are. `column` is its quoted name. */
  postgres(column: string): string
  sqlite(column: string): string
}

/** A function that the reader of the file defines (canonical-json.ts): SQLite keeps JSON as it was written. */
export const canonicalJson = 'canonical_json'

const plainly = (column: string) => `${column}::text`
const asIs = (column: string) => column
/** Its length keeps two texts beside each other from passing for two others. */
const measured = (column: string) => `length(${column}) || ':' || ${column}`

type Write = Carried['write']
const plain = (inJson: InJson, write: Write): Carried => ({ inJson, write, postgres: plainly, sqlite: asIs })

export const uuid = plain('string', (rows, stored: string) => rows.uuid(stored))
export const integer = plain('number', (rows, stored: number) => rows.integer(stored))
export const bigint = plain('number', (rows, stored: number) => rows.bigint(stored))
export const text: Carried = {
  inJson: 'string',
  write: (rows, stored: string) => rows.text(stored),
  postgres: measured,
  sqlite: measured,
}

export const date: Carried = {
  inJson: 'string',
  write: (rows, stored: string) => rows.date(stored),
  postgres: (column) => `to_char(${column}, 'YYYY-MM-DD')`,
  sqlite: asIs,
}

export const boolean: Carried = {
  inJson: 'boolean',
  write: (rows, stored: number) => rows.boolean(stored),
  postgres: (column) => `${column}::int::text`,
  sqlite: asIs,
}

export const instant: Carried = {
  inJson: 'instant',
  write: (rows, stored: number) => rows.instant(stored),
  postgres: (column) => `round(extract(epoch from ${column})::numeric * 1000)::bigint::text`,
  sqlite: asIs,
}

export const json: Carried = {
  inJson: 'object',
  write: (rows, stored: string) => rows.json(stored),
  postgres: (column) => measured(`${column}::text`),
  sqlite: (column) => measured(`${canonicalJson}(${column})`),
}

export const decimal = (scale: number, exact: (stored: number) => string): Carried => ({
  inJson: 'string',
  write: (rows, stored: number) => rows.decimal(exact(stored)),
  postgres: (column) => `(${column} * ${10 ** scale})::bigint::text`,
  sqlite: asIs,
})
