import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { turns } from './turns.ts'

const ways = ['all', 'get', 'run'] as const
type Query = Record<(typeof ways)[number], (values?: Record<string, unknown>) => unknown>
interface Session {
  prepareQuery(...args: unknown[]): Query
}

/** Drizzle's builders await what a statement answers, so that one may as well come later. */
export function breathing<D extends BetterSQLite3Database>(db: D, pause: (then: () => unknown) => Promise<unknown>): D {
  const { session } = db as unknown as { session: Session }
  const { prepareQuery } = session
  session.prepareQuery = (...args) => {
    const query = prepareQuery.apply(session, args)
    for (const way of ways) {
      const now = query[way].bind(query)
      query[way] = (values) => (turns.isOver ? pause(() => now(values)) : now(values))
    }
    return query
  }
  return db
}
