/** What SQLite holds and PostgreSQL would refuse. Our own code writes nothing of the kind; other programs may have. */
import type BetterSqlite from 'better-sqlite3'
import type { Key } from './copy.ts'
import { rowsBehind } from './copy.ts'
import type { MovedColumn, MovedTable } from './tables.ts'
import { movedTables, namesOf, quoted } from './tables.ts'

const mostNamed = 20

const readAtOnce = 1_000

const replacement = '\ufffd'

function isReadable({ name }: MovedColumn, stored: unknown, bytesOf: (column: string) => Buffer): boolean {
  if (typeof stored !== 'string' || !stored.includes(replacement)) return true
  return Buffer.from(stored).equals(bytesOf(name))
}

/** The codecs say what both databases keep; what does not come back as it was would be another value there. */
function refusal({ codecs: { postgres, sqlite } }: MovedColumn, stored: unknown): string | undefined {
  try {
    const value = sqlite.load(stored as never)
    postgres.store(value)
    const isSame = postgres.type === 'jsonb' ? typeof stored === 'string' : sqlite.store(value) === stored
    return isSame ? undefined : `${JSON.stringify(stored)} is of another type than the column`
  } catch (error) {
    const { name, message } = error as Error
    if (Buffer.isBuffer(stored)) return 'it holds bytes, not a text'
    return name === 'UnstorableError' ? message : `${JSON.stringify(stored)} can't be read`
  }
}

const keyText = (table: MovedTable, row: readonly unknown[]): string =>
  table.key.map(({ name }) => `${name} ${row[table.columns.findIndex((column) => column.name === name)]}`).join(', ')

/** In short reads: while one goes on, the log of a file that people write to can't be emptied. */
function* allRows(client: BetterSqlite.Database, table: MovedTable): Generator<unknown[]> {
  const { columns, key } = table
  const what = `${namesOf(columns)}, rowid`
  let after: Key | undefined
  for (;;) {
    const rows = rowsBehind(client, table, { what, after, most: readAtOnce })
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < readAtOnce) return
    after = key.map(({ name }) => last[columns.findIndex((column) => column.name === name)])
  }
}

function* refusedIn(client: BetterSqlite.Database, table: MovedTable): Generator<string> {
  const { columns, key, name } = table
  for (const row of allRows(client, table)) {
    const bytesOf = (column: string) =>
      client
        .prepare(`select cast(${quoted(column)} as blob) from ${quoted(name)} where rowid = ?`)
        .pluck()
        .get(row.at(-1)) as Buffer
    for (const [index, column] of columns.entries()) {
      const stored = row[index]
      if (stored === null || stored === undefined) continue
      const why = isReadable(column, stored, bytesOf) ? refusal(column, stored) : 'its bytes are no UTF-8'
      if (why) yield `${name}.${column.name} of ${keyText({ columns, key, name }, row)}: ${why}`
    }
  }
}

function brokenReferences(client: BetterSqlite.Database): string[] {
  const broken = client.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
  return broken.map(({ table, rowid, parent }) => `${table}, row ${rowid}: it refers to no row of ${parent}`)
}

/** Also rows that break a check or hold no value where one must be: SQLite finds them by itself. */
function brokenPages(client: BetterSqlite.Database): string[] {
  const said = client.pragma(`integrity_check(${mostNamed})`) as { integrity_check: string }[]
  return said.map((row) => row.integrity_check).filter((line) => line !== 'ok')
}

/** A newer version may have added columns, which this one would leave behind. */
function otherShape(client: BetterSqlite.Database, { name, columns }: MovedTable): string[] {
  const there = (client.pragma(`table_info(${quoted(name)})`) as { name: string }[]).map((column) => column.name)
  const known = columns.map((column) => column.name)
  const strange = there.filter((column) => !known.includes(column))
  const missing = known.filter((column) => !there.includes(column))
  return [
    ...strange.map((column) => `${name}.${column}: this version does not know the column`),
    ...missing.map((column) => `${name}.${column}: the file does not have the column`),
  ]
}

const shapesOf = (client: BetterSqlite.Database): string[] =>
  movedTables.flatMap((table) => otherShape(client, table)).slice(0, mostNamed)

export function requireShape(client: BetterSqlite.Database): void {
  const [first] = shapesOf(client)
  if (first) throw new Error(`The tables of the file are not those of this version of Homeroom: ${first}`)
}

export function census(client: BetterSqlite.Database, tell: (table: string) => void = () => {}): string[] {
  const shapes = shapesOf(client)
  if (shapes.length) return shapes
  const found = [...brokenPages(client), ...brokenReferences(client)]
  for (const table of movedTables) {
    tell(table.name)
    for (const sentence of refusedIn(client, table)) if (found.push(sentence) >= mostNamed) return found
  }
  return found.slice(0, mostNamed)
}
