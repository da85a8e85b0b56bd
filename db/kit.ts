/** Types are always PostgreSQL's; the objects are PostgreSQL's or SQLite's, as `either` decides. */
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

/** Drawn one by one, the random bytes cost more than the rest of an id. */
const drawn = new Uint8Array(16 * 256)
let used = drawn.length
/** The ids of one process ascend, by RFC 9562, section 6.2, method 1. */
let last = { msecs: 0, seq: 0 }

/** Returns a UUIDv7, so rows made together lie together. Ids of two machines have no order. */
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

export function codecsOf(of: Column): Codecs<unknown> {
  const found = codecsOfColumns.get(of)
  if (!found) throw new Error(`The kit made no column ${of.name}`)
  return found
}

function decimal(precision: number, scale: number) {
  const kind = codecs.decimalOf(precision, scale)
  const builder = column(kind)
  if (isPostgres) return builder
  // drizzle-kit prints a custom column's default unchanged, so '12.50' must be written as 1250.
  const { default: setDefault } = builder
  builder.default = (value) =>
    setDefault.call(builder, is(value, SQL) ? value : literal(kind.sqlite.store(value) as number))
  return builder
}

export const isOneOf = (column: Column, words: readonly string[]): SQL =>
  sql`${column} in (${sql.join(words.map(literal), sql`, `)})`

const columns = {
  id: () => column(codecs.uuid).$defaultFn(newId),
  ref: () => column(codecs.uuid),
  text: (max: number) =>
    imply(column(codecs.text), (c) => ({ suffix: 'length', test: sql`length(${c}) <= ${literal(max)}` })),
  integer: () => column(codecs.integer),
  bigint: () => column(codecs.bigint),
  boolean: () => column(codecs.boolean),
  decimal,
  /** A civil date is 'YYYY-MM-DD', a time of day 'HH:MM' on the school's clock. */
  date: () => column(codecs.civilDate),
  time: () => column(codecs.clockTime),
  timestamp: () => column(codecs.timestamp),
  json: <T extends object>() => column(codecs.jsonOf<T>()),
  oneOf: <const V extends readonly string[]>(values: V) =>
    imply(column(codecs.word as Codecs<V[number]>), (c) => ({
      suffix: 'known',
      test: isOneOf(c, values),
    })),
}
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

export function table<N extends string, C extends ColumnMap>(
  name: N,
  define: (c: Columns) => C,
  constraints: (t: BuildExtraConfigColumns<N, C, 'pg'>) => pg.PgTableExtraConfigValue[] = () => [],
): Table<N, C> {
  const built = define(columns)
  for (const [key, builder] of Object.entries(built))
    (builder as pg.PgColumnBuilderBase & { setName(name: string): void }).setName(snakeCase(key))
  const all = (t: BuildExtraConfigColumns<N, C, 'pg'>) => [...impliedChecks(name, built, t), ...constraints(t)]
  const made = either(pg.pgTable, lite.sqliteTable)(name, built, all)
  for (const [key, column] of Object.entries<Column>(getTableColumns(made))) {
    const known = codecsOfBuilders.get(built[key] as object)
    if (known) codecsOfColumns.set(column, known)
  }
  return made
}

export const index = either(pg.index, lite.index)
export const uniqueIndex = either(pg.uniqueIndex, lite.uniqueIndex)
export const primaryKey = either(pg.primaryKey, lite.primaryKey)
export const foreignKey = either(pg.foreignKey, lite.foreignKey)
export const check = either(pg.check, lite.check)
export const alias = either(pg.alias, lite.alias)

export const tableConfig = either(pg.getTableConfig, lite.getTableConfig)
export const isTable = (value: unknown): value is pg.PgTable => is(value, either(pg.PgTable, lite.SQLiteTable))
export const contains = (whole: Column | SQL, part: unknown): SQL<boolean> =>
  isPostgres ? sql`position(${part} in ${whole}) > 0` : sql`instr(${whole}, ${part}) > 0`
/** Where the part begins, from 1; 0 where it is not there. */
export const placeIn = (whole: SQL, part: SQL): SQL<number> =>
  isPostgres ? sql`position(${part} in ${whole})` : sql`instr(${whole}, ${part})`
export const isAmong = (column: Column, json: unknown): SQL<boolean> =>
  isPostgres
    ? sql`${column} in (select value::uuid from json_array_elements_text(${json}::json))`
    : sql`${column} in (select value from json_each(${json}))`
/** The clocks of machines differ, so `latest` counts if it is at most `ms` later; a clock that was set back still shows. */
export const notBefore = (instant: SQL, latest: SQL, ms: number): SQL => {
  const at = isPostgres ? sql`${instant}::timestamptz` : instant
  const limit = isPostgres ? sql`${at} + ${literal(`${ms} ms`)}::interval` : sql`${at} + ${literal(ms)}`
  return sql`case when ${latest} between ${at} and ${limit} then ${latest} else ${at} end`
}
export const hasAnyOf = (array: Column, strings: readonly string[]): SQL<boolean> => {
  const wanted = sql.raw(strings.map(quoted).join(', '))
  return isPostgres
    ? sql`${array} ?| array[${wanted}]`
    : sql`exists (select 1 from json_each(${array}) where value in (${wanted}))`
}
/** Each value of the column `by` has strings of its own; false for a value without any. */
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
