/** Each table's rows in the order of its key, as a hash, so that two databases can be compared. */
import { createHash } from 'node:crypto'

export interface TableCensus {
  rows: number
  sha256: string
}

export interface Census {
  engine: string
  steps: string[]
  tables: Record<string, TableCensus>
}

/** Texts are hashed in parts of so many characters: a call for each row would take longer than reading it. */
const hashedAtOnce = 65_536

export class TableHash {
  readonly #hash = createHash('sha256')
  #text = ''
  #rows = 0

  add(row: string): void {
    this.#rows++
    this.#text += `${row.length}:${row}\n`
    if (this.#text.length > hashedAtOnce) this.#flush()
  }

  #flush(): void {
    this.#hash.update(this.#text)
    this.#text = ''
  }

  done(): TableCensus {
    this.#flush()
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

const differenceOf = (table: string, was: TableCensus | undefined, is: TableCensus | undefined): string[] => {
  if (!was) return [`table ${table} is not in the manifest`]
  if (!is) return [`table ${table} is missing`]
  if (was.rows !== is.rows) return [`table ${table} has ${is.rows} rows; the manifest says ${was.rows}`]
  return was.sha256 === is.sha256 ? [] : [`rows of table ${table} are not those that the manifest tells of`]
}

export function differences(was: Census, is: Census): string[] {
  const steps = was.steps.join() === is.steps.join() ? [] : ['its migrations are not those that the manifest names']
  const tables = [...new Set([...Object.keys(was.tables), ...Object.keys(is.tables)])].sort()
  return [...steps, ...tables.flatMap((table) => differenceOf(table, was.tables[table], is.tables[table]))]
}
