/** Every row of both databases, as each writes it by itself: in parts, of which only one that differs is looked at row by row. */
import { createHash } from 'node:crypto'
import type BetterSqlite from 'better-sqlite3'
import type { Client } from '../postgres/connection.ts'
import type { Key } from './copy.ts'
import { rowsBehind } from './copy.ts'
import type { MovedColumn, MovedTable } from './tables.ts'
import { isOneOf, keyInPostgres, keyParameter, keyParameters, namesOf, quoted } from './tables.ts'

const partOf = 5_000
const mostNamed = 20
const nothing = '~'

type Engine = 'postgres' | 'sqlite'
const canonical = ({ name, codecs }: MovedColumn, engine: Engine): string =>
  `coalesce(${codecs.carried[engine](quoted(name))}, '${nothing}')`
const lineOf = (columns: readonly MovedColumn[], engine: Engine): string =>
  columns.map((column) => canonical(column, engine)).join(` || '|' || `)

interface Bounds {
  after: Key | undefined
  /** Undefined for the last part: what PostgreSQL has beyond it is too much. */
  until: Key | undefined
}

function within({ key }: MovedTable, { after, until }: Bounds): { where: string; parameters: unknown[] } {
  const [conditions, parameters]: [string[], unknown[]] = [[], []]
  const bound = (sign: string, values: Key | undefined) => {
    if (!values) return
    conditions.push(`(${keyInPostgres(key)}) ${sign} (${keyParameters(key, parameters.length + 1)})`)
    parameters.push(...key.map((column, index) => keyParameter(column, values[index])))
  }
  bound('>', after)
  bound('<=', until)
  return { where: conditions.length ? `where ${conditions.join(' and ')}` : '', parameters }
}

interface Part {
  rows: number
  md5: string
}

async function partInPostgres(target: Client, table: MovedTable, bounds: Bounds): Promise<Part> {
  const { where, parameters } = within(table, bounds)
  const order = keyInPostgres(table.key)
  const [part] = await target.send<Part>(
    `select count(*)::int as rows, md5(coalesce(string_agg(${lineOf(table.columns, 'postgres')}, E'\\n' order by ${order}), '')) as md5
     from ${quoted(table.name)} ${where}`,
    parameters,
  )
  return part ?? { rows: 0, md5: '' }
}

type Rows = Map<string, string[]>
const textsOf = (columns: readonly MovedColumn[], engine: Engine) =>
  columns.map((column) => canonical(column, engine)).join(', ')

const byKey = ({ key }: MovedTable, rows: readonly unknown[][]): Rows =>
  new Map(rows.map((row) => [row.slice(0, key.length).join(), row.slice(key.length).map(String)]))

async function rowsInPostgres(target: Client, table: MovedTable, bounds: Bounds): Promise<Rows> {
  const { where, parameters } = within(table, bounds)
  const found = await target.send<string[]>(
    `select ${textsOf([...table.key, ...table.columns], 'postgres')} from ${quoted(table.name)} ${where}`,
    parameters,
    { arrays: true, once: true },
  )
  return byKey(table, found)
}

function rowsInSqlite(source: BetterSqlite.Database, table: MovedTable, after: Key | undefined): Rows {
  const what = textsOf([...table.key, ...table.columns], 'sqlite')
  const found = rowsBehind(source, table, { what, after, most: partOf })
  return byKey(table, found)
}

function differenceOf({ name, columns, key }: MovedTable, id: string, was?: string[], is?: string[]): string {
  const which = `${name} ${key.map((column) => column.name).join(', ')} ${id}`
  if (!is) return `${which}: PostgreSQL does not have it`
  if (!was) return `${which}: only PostgreSQL has it`
  const others = columns.filter((_, index) => was[index] !== is[index]).map((column) => column.name)
  return `${which}: ${others.join(', ')} ${others.length === 1 ? 'differs' : 'differ'}`
}

const changed = (table: MovedTable, was: Rows, is: Rows): string[] =>
  [...new Set([...was.keys(), ...is.keys()])]
    .filter((id) => was.get(id)?.join() !== is.get(id)?.join())
    .map((id) => differenceOf(table, id, was.get(id), is.get(id)))

export type Since = string

/** Rows that PostgreSQL got after that transaction say nothing about it; a row that is gone may have been there. */
async function unchangedIn(target: Client, table: MovedTable, bounds: Bounds, since: Since): Promise<Set<string>> {
  const { where, parameters } = within(table, bounds)
  const found = await target.send<string[]>(
    `select ${textsOf(table.key, 'postgres')} from ${quoted(table.name)} ${where ? `${where} and` : 'where'} age(xmin) > age('${since}'::xid8::xid)`,
    parameters,
    { arrays: true, once: true },
  )
  return new Set(found.map((row) => row.join()))
}

async function differences(
  source: BetterSqlite.Database,
  target: Client,
  table: MovedTable,
  { bounds, since }: { bounds: Bounds; since: Since | undefined },
): Promise<string[]> {
  const was = rowsInSqlite(source, table, bounds.after)
  const is = await rowsInPostgres(target, table, bounds)
  if (since === undefined) return changed(table, was, is)
  const unchanged = await unchangedIn(target, table, bounds, since)
  const only = (rows: Rows): Rows => new Map([...rows].filter(([id]) => unchanged.has(id)))
  return changed(table, only(was), only(is))
}

/** Of rows that a round has carried: `first` and `last` are places among its keys, and `text` the keys for PostgreSQL. */
export async function compareKeys(
  source: BetterSqlite.Database,
  target: Client,
  table: MovedTable,
  { first, last, text }: { first: number; last: number; text: string },
): Promise<string[]> {
  const all = [...table.key, ...table.columns]
  const on = table.key.map((column, index) => `own.${quoted(column.name)} = k${index + 1}`).join(' and ')
  const own = source
    .prepare(
      `select ${textsOf(all, 'sqlite')} from temp.move_keys cross join ${quoted(table.name)} own on ${on} where noted_place between ? and ?`,
    )
    .raw()
    .all(first, last) as unknown[][]
  const there = await target.send<string[]>(
    `select ${textsOf(all, 'postgres')} from ${quoted(table.name)} where ${isOneOf(table.key)}`,
    [text],
    { arrays: true, once: true },
  )
  return changed(table, byKey(table, own), byKey(table, there)).slice(0, mostNamed)
}

export async function compareTable(
  source: BetterSqlite.Database,
  target: Client,
  table: MovedTable,
  { tell = () => {}, since }: { tell?: (rows: number) => void; since?: Since | undefined } = {},
): Promise<string[]> {
  const found: string[] = []
  const what = `${namesOf(table.key)}, ${lineOf(table.columns, 'sqlite')}`
  let after: Key | undefined
  for (;;) {
    const rows = rowsBehind(source, table, { what, after, most: partOf })
    const isLast = rows.length < partOf
    const until = isLast ? undefined : rows.at(-1)?.slice(0, table.key.length)
    const other = partInPostgres(target, table, { after, until })
    const own = createHash('md5')
      .update(rows.map((row) => row.at(-1)).join('\n'))
      .digest('hex')
    const { rows: count, md5 } = await other
    if (count !== rows.length || md5 !== own)
      found.push(...(await differences(source, target, table, { bounds: { after, until }, since })))
    tell(rows.length)
    if (isLast || found.length >= mostNamed) return found.slice(0, mostNamed)
    after = until
  }
}
