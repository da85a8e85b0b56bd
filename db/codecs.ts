/** Each kind of column has a codec for both databases, so that one process can read rows of one and write them to the other. */
import type { Carried } from './carried.ts'
import * as carried from './carried.ts'
import * as kinds from './kinds.ts'

export interface Codec<T> {
  type: string
  store(value: T): unknown
  load(stored: never): T
}
export interface Codecs<T> {
  postgres: Codec<T>
  sqlite: Codec<T>
  carried: Carried
}

const same = <T>(value: T): T => value
const json = (value: object): string => kinds.json(value)
/** PostgreSQL writes '2026-03-01 08:00:00.5+00', of which Date would read the years before 100 as 19xx. */
const readInstant = (value: string): Date => new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))

type Types = Record<'postgres' | 'sqlite', string>
function alike<T>(types: Types, as: Carried, store: (value: T) => T = same): Codecs<T> {
  const codec = (type: string): Codec<T> => ({ type, store, load: same })
  return { postgres: codec(types.postgres), sqlite: codec(types.sqlite), carried: as }
}

const sortedText = { postgres: 'text COLLATE "C"', sqlite: 'text' }

export const uuid = alike({ postgres: 'uuid', sqlite: 'text' }, carried.uuid, kinds.uuid)
export const text = alike(sortedText, carried.text, kinds.text)
export const word = alike<string>({ postgres: 'text', sqlite: 'text' }, carried.text)
export const civilDate = alike({ postgres: 'date', sqlite: 'text' }, carried.date, kinds.civilDate)
export const clockTime = alike(sortedText, carried.text, kinds.clockTime)
export const integer = alike({ postgres: 'integer', sqlite: 'integer' }, carried.integer, kinds.integer(2 ** 31 - 1))

const safeInteger = kinds.integer(Number.MAX_SAFE_INTEGER)
export const bigint: Codecs<number> = {
  postgres: { type: 'bigint', store: safeInteger, load: Number },
  sqlite: { type: 'integer', store: safeInteger, load: same },
  carried: carried.bigint,
}

export const boolean: Codecs<boolean> = {
  postgres: { type: 'boolean', store: kinds.flag, load: same },
  sqlite: { type: 'integer', store: (value) => Number(kinds.flag(value)), load: Boolean },
  carried: carried.boolean,
}

export const timestamp: Codecs<Date> = {
  postgres: {
    type: 'timestamp (3) with time zone',
    store: (value) => kinds.instant(value).toJSON(),
    load: readInstant,
  },
  sqlite: {
    type: 'integer',
    store: (value) => kinds.instant(value).getTime(),
    load: (value: number) => new Date(value),
  },
  carried: carried.instant,
}

/** PostgreSQL's driver parses JSON itself, except inside an answer of another type. */
export const jsonOf = <T extends object>(): Codecs<T> => ({
  postgres: {
    type: 'jsonb',
    store: json,
    load: (value: T | string) => (typeof value === 'string' ? (JSON.parse(value) as T) : value),
  },
  sqlite: { type: 'text', store: json, load: (value: string) => JSON.parse(value) as T },
  carried: carried.json,
})

export function decimalOf(precision: number, scale: number): Codecs<string> {
  if (precision > 15) throw new RangeError('15 digits are exact in both databases')
  const units = (value: string) => kinds.toUnits(value, precision, scale)
  return {
    postgres: {
      type: `numeric(${precision}, ${scale})`,
      store: (value) => kinds.fromUnits(units(value), scale),
      load: same,
    },
    sqlite: { type: 'integer', store: units, load: (value: number) => kinds.fromUnits(value, scale) },
    carried: carried.decimal(scale, (stored) => kinds.fromUnits(stored, scale)),
  }
}
