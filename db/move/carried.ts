/** How a value goes from SQLite to PostgreSQL, and how each of them writes it for the comparison of both, by the kind of its column. */
import type { BinaryRows } from './binary-rows.ts'

export interface Carried {
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

export const uuid: Carried = { write: (rows, stored: string) => rows.uuid(stored), postgres: plainly, sqlite: asIs }
export const text: Carried = {
  write: (rows, stored: string) => rows.text(stored),
  postgres: measured,
  sqlite: measured,
}
export const integer: Carried = {
  write: (rows, stored: number) => rows.integer(stored),
  postgres: plainly,
  sqlite: asIs,
}
export const bigint: Carried = { write: (rows, stored: number) => rows.bigint(stored), postgres: plainly, sqlite: asIs }

export const date: Carried = {
  write: (rows, stored: string) => rows.date(stored),
  postgres: (column) => `to_char(${column}, 'YYYY-MM-DD')`,
  sqlite: asIs,
}

export const boolean: Carried = {
  write: (rows, stored: number) => rows.boolean(stored),
  postgres: (column) => `${column}::int::text`,
  sqlite: asIs,
}

export const instant: Carried = {
  write: (rows, stored: number) => rows.instant(stored),
  postgres: (column) => `round(extract(epoch from ${column})::numeric * 1000)::bigint::text`,
  sqlite: asIs,
}

export const json: Carried = {
  write: (rows, stored: string) => rows.json(stored),
  postgres: (column) => measured(`${column}::text`),
  sqlite: (column) => measured(`${canonicalJson}(${column})`),
}

export const decimal = (scale: number, exact: (stored: number) => string): Carried => ({
  write: (rows, stored: number) => rows.decimal(exact(stored)),
  postgres: (column) => `(${column} * ${10 ** scale})::bigint::text`,
  sqlite: asIs,
})
