/** Rows go in parts by their primary key. A part and the note of its last key are one transaction: what was killed goes on after it. */
import type BetterSqlite from 'better-sqlite3'
import type { Client, Connection } from '../postgres/connection.ts'
import { BinaryRows } from './binary-rows.ts'
import type { MovedColumn, MovedTable } from './tables.ts'
import { namesOf, quoted } from './tables.ts'

const partOf = 10_000
const readAtOnce = 1_000

export interface Copied {
  table: string
  rows: number
}

export type Key = readonly unknown[]

export function rowsBehind(
  client: BetterSqlite.Database,
  { name, key }: MovedTable,
  { what, after, most }: { what: string; after: Key | undefined; most: number },
): unknown[][] {
  const from = after ? ` where (${namesOf(key)}) > (${key.map(() => '?').join(', ')})` : ''
  const text = `select ${what} from ${quoted(name)}${from} order by ${namesOf(key)} limit ${most}`
  return client
    .prepare(text)
    .raw()
    .all(...(after ?? [])) as unknown[][]
}

interface Part {
  rows: number
  last: Key | undefined
}

export function* encodedRows(columns: readonly MovedColumn[], rows: Iterable<unknown[]>): Generator<Buffer> {
  const binary = new BinaryRows()
  for (const row of rows) {
    binary.begin(columns.length)
    for (const [index, { codecs }] of columns.entries()) {
      const stored = row[index]
      if (stored === null) binary.null()
      else codecs.carried.write(binary, stored as never)
    }
    if (binary.isFull) yield binary.take()
  }
  yield binary.last()
}

function* rowsOfPart(
  client: BetterSqlite.Database,
  table: MovedTable,
  after: Key | undefined,
  part: Part,
): Generator<unknown[]> {
  const { columns, key } = table
  const places = key.map(({ name }) => columns.findIndex((column) => column.name === name))
  part.last = after
  while (part.rows < partOf) {
    const rows = rowsBehind(client, table, { what: namesOf(columns), after: part.last, most: readAtOnce })
    yield* rows
    part.rows += rows.length
    const last = rows.at(-1)
    if (last) part.last = places.map((place) => last[place])
    if (rows.length < readAtOnce) break
  }
}

async function noted(
  target: Client,
  table: string,
): Promise<{ rows: number; last: Key | undefined; isWhole: boolean }> {
  const [found] = await target.send<{ rows: string; last: string | null; whole: boolean }>(
    'select rows, last::text as last, whole from move_tables where name = $1',
    [table],
  )
  return {
    rows: Number(found?.rows ?? 0),
    last: found?.last ? (JSON.parse(found.last) as Key) : undefined,
    isWhole: found?.whole ?? false,
  }
}

export async function copyTable(
  source: BetterSqlite.Database,
  target: Connection,
  table: MovedTable,
  tell: (copied: Copied) => void,
  at: () => void = () => {},
): Promise<void> {
  let { rows, last, isWhole } = await noted(target, table.name)
  while (!isWhole) {
    const part: Part = { rows: 0, last }
    await target.transaction('begin', async (own, begun) => {
      await begun
      const into = `copy ${quoted(table.name)} (${namesOf(table.columns)}) from stdin with (format binary)`
      await target.copy(into, encodedRows(table.columns, rowsOfPart(source, table, last, part)))
      isWhole = part.rows < partOf
      rows += part.rows
      await own.send(
        `insert into move_tables (name, rows, last, whole) values ($1, $2, $3::text::jsonb, $4)
         on conflict (name) do update set rows = excluded.rows, last = excluded.last, whole = excluded.whole`,
        [table.name, rows, part.last ? JSON.stringify(part.last) : null, isWhole],
      )
      at()
    })
    last = part.last
    tell({ table: table.name, rows })
  }
}
