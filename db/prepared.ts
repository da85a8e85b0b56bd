import type { Reader } from './database.ts'
import * as kinds from './kinds.ts'

interface Prepared<R> {
  execute(values: Record<string, unknown>): Promise<R>
  getQuery(): { sql: string; params: unknown[] }
}
/** A query that Drizzle can prepare; its variable parts are `sql.placeholder(name)`. */
export interface Preparable<R> {
  prepare(name: string): Prepared<R>
}

/** Runs the query; `statement` tells the SQL it runs and the parameters' places, for plans and benchmarks. */
export interface PreparedRead<S extends string, V, R> {
  (db: Reader, shape: S, values: V): Promise<R>
  statement(db: Reader, shape: S): { sql: string; params: unknown[] }
}

/** Of a list with ten filters there are thousands: those asked for last are kept. */
const shapesKept = 50

/** A column looks at what is stored in it; what a list is searched by meets no column before a database refuses it. */
function storable<V extends Record<string, unknown>>(values: V): V {
  for (const value of Object.values(values)) if (typeof value === 'string') kinds.text(value)
  return values
}

/**
 * A query built once per database handle and shape instead of at each call: building one costs several times what the
 * database needs to answer it. `shape` names the variant `build` makes, such as which filters are set.
 */
export function prepared<S extends string, V extends Record<string, unknown>, R>(
  build: (db: Reader, shape: S) => Preparable<R>,
): PreparedRead<S, V, R> {
  const kept = new WeakMap<Reader, Map<S, Prepared<R>>>()
  const queryOf = (db: Reader, shape: S) => {
    const shapes = kept.get(db) ?? new Map<S, Prepared<R>>()
    kept.set(db, shapes)
    const query = shapes.get(shape) ?? build(db, shape).prepare('')
    shapes.delete(shape)
    shapes.set(shape, query)
    if (shapes.size > shapesKept) shapes.delete(shapes.keys().next().value as S)
    return query
  }
  return Object.assign(async (db: Reader, shape: S, values: V) => queryOf(db, shape).execute(storable(values)), {
    statement: (db: Reader, shape: S) => (queryOf(db, shape) as unknown as Prepared<R>).getQuery(),
  })
}
