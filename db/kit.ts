/**
 * The schema's vocabulary: Drizzle's objects of either database. What each kind of column stores is in codecs.ts.
 * Types are always PostgreSQL's; the objects are PostgreSQL's or SQLite's. `either` is where they part.
 */
import { randomFillSync } from 'node:crypto'
import type { BuildColumns, BuildExtraConfigColumns, Column } from 'drizzle-orm'
import { getTableColumns, is, SQL, sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'
import { v7 } from 'uuid'
import type { Codec, Codecs } from './codecs.ts'
import * as codecs from './codecs.ts'
import { isPostgres } from './dialect.ts'

const either = <T>(postgres: T, sqlite: unknown): T => (isPostgres ? postgres : (sqlite as T))

/** Drawn for many ids at once: one by one, the random bytes cost more than the rest of an id. */
const drawn = new Uint8Array(16 * 256)
let used = drawn.length
/** Of the last id, as RFC 9562 counts (section 6.2, method 1): ids of one process ascend. */
let last = { msecs: 0, seq: 0 }

/** A new id: UUIDv7, so rows made together lie together. Not an order between machines. */
export function newId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const random = drawn.subarray(used, used + 16)
  used += 16
  const now = Date.now()
  const seq = (last.seq + 1) >>> 0
  if (now > last.msecs) last = { msecs: now, seq: new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1 }
  else last = { msecs: seq ? last.msecs : last.msecs + 1, seq }
  return v7({ random, ...last })
}

interface Implied {
  suffix: string
  test: SQL
}
/** CHECKs that follow from a column's kind; `table` writes them under the column's name. */
const implied = new WeakMap<object, (column: Column) => Implied>()
function imply<B extends object>(builder: B, rule: (column: Column) => Implied): B {
  implied.set(builder, rule)
  return builder
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const quoted = (value: string | number) =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
const literal = (value: string | number) => sql.raw(quoted(value))

const codecsOfBuilders = new WeakMap<object, Codecs<unknown>>()
const codecsOfColumns = new WeakMap<Column, Codecs<unknown>>()

const ofDriver = <T>({ store, load }: Codec<T>) => ({
  toDriver: store,
  fromDriver: load as (stored: unknown) => T,
})
function column<T>(codecs: Codecs<T>) {
  const { postgres, sqlite } = codecs
  const builder = either(
    pg.customType<{ data: T }>({ dataType: () => postgres.type, ...ofDriver(postgres) })(),
    lite.customType<{ data: T }>({ dataType: () => sqlite.type, ...ofDriver(sqlite) })(),
  )
  codecsOfBuilders.set(builder, codecs as Codecs<unknown>)
  return builder
}

/** How a column of the schema is stored in either database. */
export function codecsOf(of: Column): Codecs<unknown> {
  const found = codecsOfColumns.get(of)
  if (!found) throw new Error(`The kit made no column ${of.name}`)
  return found
}

function decimal(precision: number, scale: number) {
  const kind = codecs.decimalOf(precision, scale)
  const builder = column(kind)
  if (isPostgres) return builder
  // drizzle-kit prints a custom column's default as it stands: '12.50' must be written as 1250.
  const { default: setDefault } = builder
  builder.default = (value) =>
    setDefault.call(builder, is(value, SQL) ? value : literal(kind.sqlite.store(value) as number))
  return builder
}

/** For a CHECK: the column holds one of these words, or nothing. */
export const isOneOf = (column: Column, words: readonly string[]): SQL =>
  sql`${column} in (${sql.join(words.map(literal), sql`, `)})`

const columns = {
  id: () => column(codecs.uuid).$defaultFn(newId),
  /** Another row's id. */
  ref: () => column(codecs.uuid),
  /** At most `max` characters; sorts by code point. */
  text: (max: number) =>
    imply(column(codecs.text), (c) => ({ suffix: 'length', test: sql`length(${c}) <= ${literal(max)}` })),
  integer: () => column(codecs.integer),
  bigint: () => column(codecs.bigint),
  boolean: () => column(codecs.boolean),
  /** A string such as '12.50', exact in both. */
  decimal,
  /** A civil date, 'YYYY-MM-DD'. */
  date: () => column(codecs.civilDate),
  /** A time of day on the school's clock, 'HH:MM'. */
  time: () => column(codecs.clockTime),
  /** An instant, to the millisecond. */
  timestamp: () => column(codecs.timestamp),
  json: <T extends object>() => column(codecs.jsonOf<T>()),
  oneOf: <const V extends readonly string[]>(values: V) =>
    imply(column(codecs.word as Codecs<V[number]>), (c) => ({
      suffix: 'known',
      test: isOneOf(c, values),
    })),
}
/** What a table's columns are made of. */
export type Columns = typeof columns

type ColumnMap = Record<string, pg.PgColumnBuilderBase>
type Table<N extends string, C extends ColumnMap> = pg.PgTableWithColumns<{
  name: N
  schema: undefined
  columns: BuildColumns<N, C, 'pg'>
  dialect: 'pg'
}>

function impliedChecks(name: string, built: ColumnMap, t: Record<string, Column>) {
  return Object.entries(built).flatMap(([key, builder]) => {
    const rule = implied.get(builder)?.(t[key] as Column)
    return rule ? [check(`${name}_${snakeCase(key)}_${rule.suffix}`, rule.test)] : []
  })
}

/** A table of either database. Column names are the keys in snake_case. */
export function table<N extends string, C extends ColumnMap>(
  name: N,
  define: (c: Columns) => C,
  constraints: (t: BuildExtraConfigColumns<N, C, 'pg'>) => pg.PgTableExtraConfigValue[] = () => [],
): Table<N, C> {
  const built = define(columns)
  for (const [key, builder] of Object.entries(built))
    (builder as unknown as { setName(name: string): void }).setName(snakeCase(key))
  const all = (t: Record<string, Column>) => [...impliedChecks(name, built, t), ...constraints(t as never)]
  const made = either(pg.pgTable, lite.sqliteTable)(name, built, all as never)
  for (const [key, column] of Object.entries(getTableColumns(made as never) as Record<string, Column>)) {
    const known = codecsOfBuilders.get(built[key] as object)
    if (known) codecsOfColumns.set(column, known)
  }
  return made as never
}

export const index = either(pg.index, lite.index)
export const uniqueIndex = either(pg.uniqueIndex, lite.uniqueIndex)
export const primaryKey = either(pg.primaryKey, lite.primaryKey)
export const foreignKey = either(pg.foreignKey, lite.foreignKey)
export const check = either(pg.check, lite.check)
export const alias = either(pg.alias, lite.alias)

/** Constraints and columns of a table, as its own half of Drizzle knows them. */
export const tableConfig = either(pg.getTableConfig, lite.getTableConfig)
/** Whether a value exported by the schema is a table. */
export const isTable = (value: unknown): value is pg.PgTable => is(value, either(pg.PgTable, lite.SQLiteTable))
/** Whether `part` stands anywhere in `whole`, letter for letter. */
export const contains = (whole: Column | SQL, part: unknown): SQL<boolean> =>
  isPostgres ? sql`position(${part} in ${whole}) > 0` : sql`instr(${whole}, ${part}) > 0`
/** `instant`, or `latest` where that is at most `ms` later: the clocks of two machines differ, and one that was set back shows. */
export const notBefore = (instant: SQL, latest: SQL, ms: number): SQL => {
  const at = isPostgres ? sql`${instant}::timestamptz` : instant
  const limit = isPostgres ? sql`${at} + ${literal(`${ms} ms`)}::interval` : sql`${at} + ${literal(ms)}`
  return sql`case when ${latest} between ${at} and ${limit} then ${latest} else ${at} end`
}
/** Whether any string of a JSON array is one of these, which the code names: they stand in the statement itself. */
export const hasAnyOf = (array: Column, strings: readonly string[]): SQL<boolean> => {
  const wanted = sql.raw(strings.map(quoted).join(', '))
  return isPostgres
    ? sql`${array} ?| array[${wanted}]`
    : sql`exists (select 1 from json_each(${array}) where value in (${wanted}))`
}
/** The same, with other strings for each value of a column; a value without any has none. */
export function hasAnyOfEach(
  array: Column,
  by: Column,
  strings: Readonly<Record<string, readonly string[]>>,
): SQL<boolean> {
  const pairs = Object.entries(strings)
  if (!isPostgres) {
    const wanted = sql.raw(pairs.flatMap(([value, own]) => own.map((one) => quoted(`${value}.${one}`))).join(', '))
    return sql`exists (select 1 from json_each(${array}) where ${by} || '.' || value in (${wanted}))`
  }
  const cases = pairs.map(([value, own]) => sql`when ${literal(value)} then ${hasAnyOf(array, own)}`)
  return sql`case ${by} ${sql.join(cases, sql` `)} else false end`
}
