import type { Reader } from './database.ts'
import * as kinds from './kinds.ts'

interface Prepared<R> {
  execute(values: Record<string, unknown>): Promise<R>
  getQuery(): { sql: string; params: unknown[] }
}
export interface Preparable<R> {
  prepare(name: string): Prepared<R>
}

export interface PreparedRead<S extends string, V, R> {
  (db: Reader, shape: S, values: V): Promise<R>
  statement(db: Reader, shape: S): { sql: string; params: unknown[] }
}

/** A list with ten filters has thousands of shapes, so only the latest are kept. */
const shapesKept = 50

/** A column checks what is stored in it, but a text that is only searched for meets no column. */
function storable<V extends Record<string, unknown>>(values: V): V {
  for (const value of Object.values(values)) if (typeof value === 'string') kinds.text(value)
  return values
}

/** Building a query costs several times what the database needs to answer it: each `shape` (its set of filters) is built once. */
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
    statement: (db: Reader, shape: S) => queryOf(db, shape).getQuery(),
  })
}
