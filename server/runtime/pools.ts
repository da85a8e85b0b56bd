import type { Database } from '../../db/database.ts'
import { pool } from '../../db/dialect.ts'
import { connectionsLeft } from '../../db/postgres/connections-left.ts'
import type { Log } from './logging.ts'

/** What the workers may ask for together, where the server has fewer: with the largest DATABASE_POOL_MAX that fits. */
export function overdrawn(left: number | undefined, workers: number, poolMax: number) {
  const wanted = workers * poolMax
  if (left === undefined || wanted <= left) return undefined
  return { workers, pool_max: poolMax, wanted, left, fitting_pool_max: Math.max(1, Math.floor(left / workers)) }
}

/** Warns, before it hurts on a busy morning, when the workers' pools are larger than what PostgreSQL has for them. */
export async function warnOfPools(db: Database, workers: number, log: Log): Promise<void> {
  // Where the database has just gone away, others say so.
  const left = await connectionsLeft(db).catch(() => undefined)
  const figures = overdrawn(left, workers, pool.max)
  if (figures)
    log.warn(
      figures,
      'WORKERS times DATABASE_POOL_MAX is more than PostgreSQL has connections for: lower one of them, or raise its max_connections',
    )
}
