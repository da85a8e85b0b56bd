import type { Database } from '../../db/database.ts'
import { pool } from '../../db/dialect.ts'
import { connectionsLeft } from '../../db/postgres/connections-left.ts'
import { unprotectedDatabaseHosts } from '../../db/unprotected.ts'
import type { Log } from './logging.ts'

export function overdrawn(left: number | undefined, workers: number, poolMax: number) {
  const wanted = workers * poolMax
  if (left === undefined || wanted <= left) return undefined
  return { workers, pool_max: poolMax, wanted, left, fitting_pool_max: Math.max(1, Math.floor(left / workers)) }
}

/** Pools that are too large fail only on a busy morning, so this warns at the start. */
export async function warnOfPools(db: Database, workers: number, log: Log): Promise<void> {
  // Others report a database that has just gone away.
  const left = await connectionsLeft(db).catch(() => undefined)
  const figures = overdrawn(left, workers, pool.max)
  if (figures)
    log.warn(
      figures,
      'WORKERS times DATABASE_POOL_MAX is more than PostgreSQL has connections for: lower one of them, or raise its max_connections',
    )
}

export function warnOfEncryption(log: Log): void {
  const hosts = unprotectedDatabaseHosts()
  if (hosts.length)
    log.warn(
      { hosts },
      'somebody on the way to the database could read along or answer in its place: write sslmode=verify-full in DATABASE_URL',
    )
}
