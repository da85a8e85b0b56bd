/** One process migrates a register at a time. Nobody waits inside PostgreSQL: a waiting statement would hold a snapshot, for which CREATE INDEX CONCURRENTLY waits. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tell } from '../migration-run.ts'
import type { Client, Connection } from './connection.ts'
import type { Home } from './home.ts'
import { homeOf, stayAt, UnfitError } from './home.ts'

/** Versions before this one wait for the same lock in a transaction. */
const migrationLock = 7311
const askedEveryMs = 250
const saidEvery = 10_000

const keyOf = ({ lock }: Home) => (lock === null ? `${migrationLock}` : `${migrationLock}, ${lock}`)

/** A pooler's address has no lock for a session: there each transaction takes it anew. */
export interface Lock {
  home: Home
  isDirect: boolean
  tell: Tell
}

async function until(take: () => Promise<boolean>, say: () => Promise<void>): Promise<void> {
  let saidAt = Number.NEGATIVE_INFINITY
  while (!(await take())) {
    if (performance.now() - saidAt > saidEvery) {
      saidAt = performance.now()
      await say()
    }
    await sleep(askedEveryMs / 2 + (Math.random() * askedEveryMs) / 2)
  }
}

interface Holder {
  pid: number
  address: string | null
  since: string | null
}
/** PostgreSQL notes a lock of one number in two halves, and a lock of two numbers as they are. */
const holderQuery = ({ lock }: Home) => `
  select pid, host(client_addr) as address, backend_start as since from pg_locks left join pg_stat_activity using (pid)
  where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
    and (classid, objid, objsubid) = (${lock === null ? `0, ${migrationLock}, 1` : `${migrationLock}, (${lock})::oid, 2`})
  limit 1`

async function sentenceOf(client: Client, home: Home): Promise<string> {
  const [holder] = await client.send<Holder>(holderQuery(home))
  if (!holder) return 'Another process migrates this database: waiting until it has'
  const { pid, address, since } = holder
  const whence = `${address ? ` from ${address}` : ''}${since ? `, connected since ${new Date(since).toISOString()}` : ''}`
  return `Another process migrates or copies this database: waiting for PostgreSQL's process ${pid}${whence}. If nothing of yours runs there any more, this ends it: select pg_terminate_backend(${pid})`
}

const waiting = (connection: Connection, home: Home, tell: Tell) => async (): Promise<void> =>
  tell({ point: 'waiting', sentence: await sentenceOf(connection, home) })

/** A machine that is gone from the network would hold its lock for two hours, as PostgreSQL asks no sooner whether it is there. */
export const noticeDeath =
  'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3'

const asked = async (client: Client, call: string): Promise<boolean> =>
  (await client.send<{ done: boolean }>(`select ${call} as done`))[0]?.done ?? false

/** The session's lock is released with the connection, also where this process dies. */
export async function lockMigrations(connection: Connection, tell: Tell): Promise<Lock> {
  const home = await homeOf(connection)
  const isDirect = await connection.isDirect()
  if (isDirect) {
    await connection.send(noticeDeath)
    await until(() => asked(connection, `pg_try_advisory_lock(${keyOf(home)})`), waiting(connection, home, tell))
  }
  tell({ point: 'locked' })
  return { home, isDirect, tell }
}

/** No step changes a register while it is copied. Throws `UnfitError` behind a transaction pooler: its connection would keep the lock, and no step could run. */
export async function keepMigrationsAway(connection: Connection): Promise<Home> {
  const home = await homeOf(connection)
  if (!(await connection.isDirect()))
    throw new UnfitError(
      'A backup needs a session of its own, which the pooler at this address does not give: set DATABASE_DIRECT_URL to the way past it',
    )
  await until(
    () => asked(connection, `pg_try_advisory_lock_shared(${keyOf(home)})`),
    async () => {},
  )
  return home
}

class Taken extends Error {}

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
  await until(isDone, waiting(connection, home, tell))
  tell({ point: 'committed' })
  return (result as { of: T }).of
}
