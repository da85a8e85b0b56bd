/** A round carries what has changed in the file: the keys go from PostgreSQL, and come back with their rows of one moment. */
import type BetterSqlite from 'better-sqlite3'
import type { Client, Connection } from '../postgres/connection.ts'
import { compareKeys } from './compare.ts'
import { encodedRows } from './copy.ts'
import type { MovedTable } from './tables.ts'
import { isOneOf, keyNames, keysAsText, longestKey, movedTables, namesOf, quoted } from './tables.ts'

const pageOf = 2_000

export interface Round {
  keys: number
  head: number
  /** In ms. */
  took: number
  found: string[]
}
export interface HowToFollow {
  id: string
  /** Counts entries. Without it a round goes to the log's end: where unique indexes are, no part of it may be left out. */
  most?: number
  compares?: boolean
  /** In ms, for each statement. */
  limit?: number
  at?: () => void
}

interface Page {
  table: MovedTable
  first: number
  last: number
  keys: unknown[][]
}

export const logHead = (source: BetterSqlite.Database): number =>
  source.prepare('select coalesce(max(seq), 0) from move_log').pluck().get() as number

function gather(source: BetterSqlite.Database, after: number, until: number): number {
  const names = keyNames(longestKey)
  source.exec(
    `create temp table if not exists move_keys (noted_place integer primary key, noted_name text not null, ${names})`,
  )
  source.exec('delete from temp.move_keys')
  return source
    .prepare(
      `insert into temp.move_keys (noted_name, ${names}) select distinct name, ${names} from move_log where seq > ? and seq <= ? order by name`,
    )
    .run(after, until).changes
}

function* pages(source: BetterSqlite.Database): Generator<Page> {
  const bounds = source.prepare(
    'select noted_name as name, min(noted_place) as first, max(noted_place) as last from temp.move_keys group by noted_name',
  )
  for (const { name, first, last } of bounds.all() as { name: string; first: number; last: number }[]) {
    const table = movedTables.find((each) => each.name === name)
    if (!table) throw new Error(`The file notes changes of ${name}, which this version does not know`)
    const read = source
      .prepare(
        `select ${keyNames(table.key.length)} from temp.move_keys where noted_place between ? and ? order by noted_place`,
      )
      .raw()
    for (let from = first; from <= last; from += pageOf) {
      const until = Math.min(last, from + pageOf - 1)
      yield { table, first: from, last: until, keys: read.all(from, until) as unknown[][] }
    }
  }
}

function* rowsOf(source: BetterSqlite.Database, table: MovedTable, first: number, last: number): Generator<unknown[]> {
  const { name, columns, key } = table
  const on = key.map((column, index) => `own.${quoted(column.name)} = k${index + 1}`).join(' and ')
  const read = source
    .prepare(
      `select ${columns.map((column) => `own.${quoted(column.name)}`).join(', ')}
       from temp.move_keys cross join ${quoted(name)} own on ${on} where noted_place between ? and ?`,
    )
    .raw()
  for (let from = first; from <= last; from += pageOf)
    yield* read.all(from, Math.min(last, from + pageOf - 1)) as unknown[][]
}

async function takeKeysOut(own: Client, source: BetterSqlite.Database): Promise<Map<MovedTable, [number, number]>> {
  const places = new Map<MovedTable, [number, number]>()
  for (const { table, first, last, keys } of pages(source)) {
    places.set(table, [places.get(table)?.[0] ?? first, last])
    await own.send(`delete from ${quoted(table.name)} where ${isOneOf(table.key)}`, [keysAsText(table.key, keys)])
  }
  return places
}

async function bringRows(target: Connection, source: BetterSqlite.Database, places: Map<MovedTable, [number, number]>) {
  for (const [table, [first, last]] of places)
    await target.copy(
      `copy ${quoted(table.name)} (${namesOf(table.columns)}) from stdin with (format binary)`,
      encodedRows(table.columns, rowsOf(source, table, first, last)),
    )
}

async function readBack(own: Client, source: BetterSqlite.Database): Promise<string[]> {
  const found: string[] = []
  for (const { table, first, last, keys } of pages(source))
    found.push(...(await compareKeys(source, own, table, { first, last, text: keysAsText(table.key, keys) })))
  return found
}

export async function followIn(
  source: BetterSqlite.Database,
  target: Connection,
  { id, most, compares = false, limit, at = () => {} }: HowToFollow,
): Promise<Round> {
  const since = performance.now()
  const end = logHead(source)
  const round: Round = { keys: 0, head: end, took: 0, found: [] }
  await target.transaction('begin', async (own, begun) => {
    await begun
    if (limit) await own.send(`set local statement_timeout = ${limit}`)
    const [row] = await own.send<{ applied: string }>(
      `select applied from move where id = $1 and state <> 'active' for update`,
      [id],
    )
    if (!row)
      throw new Error('This move was stopped, or goes on in another process: npx homeroom move status says more')
    const applied = Number(row.applied)
    round.head = most === undefined ? end : Math.min(end, applied + most)
    if (round.head === applied) return at()
    round.keys = gather(source, applied, round.head)
    await bringRows(target, source, await takeKeysOut(own, source))
    if (compares) round.found = await readBack(own, source)
    await own.send('update move set applied = $1 where id = $2', [round.head, id])
    at()
  })
  return { ...round, took: performance.now() - since }
}

export async function follow(source: BetterSqlite.Database, target: Connection, how: HowToFollow): Promise<Round> {
  source.exec('begin')
  try {
    return await followIn(source, target, how)
  } finally {
    source.exec('rollback')
  }
}
