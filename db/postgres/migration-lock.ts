/** One process migrates a register at a time. Nobody waits inside PostgreSQL: a waiting statement would hold a snapshot, for which CREATE INDEX CONCURRENTLY waits. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tell } from '../migration-run.ts'
import type { Client, Connection } from './connection.ts'
import type { Home } from './home.ts'
import { homeOf, stayAt } from './home.ts'

/** Versions before this one wait for the same lock in a transaction. */
const migrationLock = 7311
/** In ms. */
const askedEvery = 250
const saidEvery = 10_000

const keyOf = ({ lock }: Home) => (lock === null ? `${migrationLock}` : `${migrationLock}, ${lock}`)

/** A pooler's address has no lock for a session: there each transaction takes it anew. */
export interface Lock {
  home: Home
  isDirect: boolean
  tell: Tell
}

async function until(take: () => Promise<boolean>, tell: Tell): Promise<void> {
  let saidAt = Number.NEGATIVE_INFINITY
  while (!(await take())) {
    if (performance.now() - saidAt > saidEvery) {
      saidAt = performance.now()
      tell({ point: 'waiting', sentence: 'Another process migrates this database: waiting until it has' })
    }
    await sleep(askedEvery / 2 + (Math.random() * askedEvery) / 2)
  }
}

const asked = async (client: Client, call: string): Promise<boolean> =>
  (await client.send<{ done: boolean }>(`select ${call} as done`))[0]?.done ?? false

/** The session's lock is released with the connection, also where this process dies. */
export async function lockMigrations(connection: Connection, tell: Tell): Promise<Lock> {
  const home = await homeOf(connection)
  const isDirect = await connection.isDirect()
  if (isDirect) await until(() => asked(connection, `pg_try_advisory_lock(${keyOf(home)})`), tell)
  tell({ point: 'locked' })
  return { home, isDirect, tell }
}

/** While a copy of the whole register is made, no step changes it; several copies may be made at once. */
export async function keepMigrationsAway(connection: Connection): Promise<Home> {
  const home = await homeOf(connection)
  await until(
    () => asked(connection, `pg_try_advisory_lock_shared(${keyOf(home)})`),
    () => {},
  )
  return home
}

class Taken extends Error {}

/** `work` has the lock, and tables of the register's schema alone. */
export async function lockedTransaction<T>(
  connection: Connection,
  { home, tell }: Lock,
  work: (tx: Client) => Promise<T>,
): Promise<T> {
  let result: { of: T } | undefined
  const attempt = () =>
    connection.transaction('begin isolation level read committed', async (own, begun) => {
      await begun
      if (!(await asked(own, `pg_try_advisory_xact_lock(${keyOf(home)})`))) throw new Taken()
      await own.send(stayAt(home))
      result = { of: await work(own) }
      tell({ point: 'committing' })
    })
  const isDone = () =>
    attempt().then(
      () => true,
      (error) => {
        if (error instanceof Taken) return false
        throw error
      },
    )
  await until(isDone, tell)
  tell({ point: 'committed' })
  return (result as { of: T }).of
}
