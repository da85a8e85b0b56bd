import type { Reader } from './database.ts'

interface Prepared<R> {
  execute(values: Record<string, unknown>): Promise<R>
}
/** A query that Drizzle can prepare; its variable parts are `sql.placeholder(name)`. */
interface Preparable<R> {
  prepare(name: string): Prepared<R>
}

/**
 * A query built once per database handle and shape, instead of at each call: building one costs several times what
 * the database needs to answer it. `shape` names the variant `build` makes, such as which filters are set.
 */
export function prepared<S extends string, V extends Record<string, unknown>, R>(
  build: (db: Reader, shape: S) => Preparable<R>,
): (db: Reader, shape: S, values: V) => Promise<R> {
  const kept = new WeakMap<Reader, Map<S, Prepared<R>>>()
  return async (db, shape, values) => {
    const shapes = kept.get(db) ?? new Map<S, Prepared<R>>()
    kept.set(db, shapes)
    const query = shapes.get(shape) ?? build(db, shape).prepare('')
    shapes.set(shape, query)
    return query.execute(values)
  }
}
