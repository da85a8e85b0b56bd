import { setTimeout as sleep } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { Condition } from '../condition.ts'
import type { Database, Reader, Work } from '../database.ts'
import { closedError, isDeadlock, isLostConnection, UnavailableError } from '../errors.ts'
import { Line } from '../line.ts'
import type { LoadFigure } from '../load.ts'
import { gauge } from '../load.ts'
import { lockOrder, lockWait, Scope } from '../scope.ts'
import type { Patience, Progress } from './begin.ts'
import { begin } from './begin.ts'
import type { Client } from './client.ts'
import { clientOf } from './client.ts'
import type { Run } from './handle.ts'
import { handleOn, textOf } from './handle.ts'
import { inOneTrip } from './one-trip.ts'

/** In ms: what one statement may take, and how long a transaction may sit idle before its locks are taken from it. */
const statementLimit = 30_000
const idleLimit = 60_000
const tries = 5
/** In ms: a server that has neither begun nor refused by then won't; and one that ends slow statements has fallen silent by then. */
const beginLimit = 12_000
const answerLimit = statementLimit + 5_000
/** In ms: a connection that says nothing for so long, while an answer is overdue, is dead. */
const silence = 20_000
/** First half of our advisory lock keys; the second is the school's id. */
const lockClass = 7310

const local = (setting: string, ms: number) => `set_config('${setting}', '${Math.ceil(ms)}', true)`
const limits = `${local('statement_timeout', statementLimit)}, ${local('idle_in_transaction_session_timeout', idleLimit)}`

/** One statement, one round trip: the schools' locks, and limits for what follows; says whether it is a standby that answers. */
function lockSql(schools: readonly number[], deadline: number): string {
  const patience = Math.max(1_000, deadline - performance.now())
  const locks = schools.map((school) => `pg_advisory_xact_lock(${lockClass}, ${Number(school)})`)
  const steps = [local('lock_timeout', patience), ...locks, local('lock_timeout', lockWait), limits]
  return `select pg_is_in_recovery() as standby, ${steps.join(', ')}`
}

/** After a failover the address may lead to the new primary: this connection goes, and the next one finds out. */
async function leaveStandby(unguarded: postgres.Sql['unsafe'], progress: Progress): Promise<void> {
  progress.onStandby = true
  await unguarded('rollback; select pg_terminate_backend(pg_backend_pid()), pg_sleep(10)')
}

/** Lost while committing: it may have been committed, so only the caller's key can tell. */
function lastError(error: unknown, { committing, onStandby }: Progress): unknown {
  if (!isLostConnection(error)) return error
  if (committing)
    return new UnavailableError('the connection was lost while it was saved', { trouble: 'unsure', cause: error })
  return onStandby ? new UnavailableError('only a standby answers', { trouble: 'readOnly', cause: error }) : error
}

class Postgres {
  readonly condition = new Condition()
  readonly #client: Client
  readonly #patience: Patience
  /** Without it, postgres.js would send a statement down a connection that is still busy with another. */
  readonly #connections: Line
  /** A school's writes wait here, not on connections: they would soon hold every one. */
  readonly #schools = new Map<number, Line>()
  #underWay = 0
  #closed = false

  constructor(client: Client, connections: number) {
    this.#client = client
    this.#patience = { begin: beginLimit, answer: answerLimit, overdue: () => client.drop(silence) }
    this.#connections = new Line(connections, 'every connection to the database is busy')
  }

  read<T>(read: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + lockWait
    const patiently = () => this.#retried(deadline, () => this.#inTime(read()))
    return this.#admitted('read', () => this.#connections.hold(deadline, patiently))
  }

  /** No server ends a read that hangs: it goes together with its connection. */
  #inTime<T>(reading: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const overdue = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new UnavailableError('the database does not answer in time', { trouble: 'away' }))
        this.#patience.overdue()
      }, statementLimit)
    })
    return Promise.race([reading, overdue]).finally(() => clearTimeout(timer))
  }

  transaction<T, R>(schools: number | readonly number[], work: Work<T, R>, opening?: SQL): Promise<T> {
    const order = lockOrder(schools)
    const first = opening && textOf(opening)
    const deadline = performance.now() + lockWait
    const attempt = (progress: Progress) =>
      this.#begin('isolation level read committed', progress, async (own, unguarded) => {
        const locking = own.unsafe(lockSql(order, deadline)).then(([row]) => row)
        const opening = first && inOneTrip(own).unsafe(first.sql, first.params as never)
        const opened = opening?.then((rows) => [...rows])
        opened?.catch(() => {}) // What went wrong with the locks is told first.
        const locked = await locking
        if (locked?.standby) await leaveStandby(unguarded, progress)
        return work(handleOn(own), ((await opened) ?? []) as R[])
      })
    return this.#admitted('write', () => {
      Scope.refuseNesting()
      return this.#inTurn(order, deadline, () => this.#retried(deadline, attempt))
    })
  }

  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    const deadline = performance.now() + lockWait
    const attempt = (progress: Progress) =>
      this.#begin('isolation level repeatable read read only', progress, async (own) => {
        await own.unsafe(`select ${limits}`)
        return work(handleOn(own))
      })
    return this.#admitted('read', () => {
      Scope.refuseNesting()
      return this.#connections.hold(deadline, () => this.#retried(deadline, attempt))
    })
  }

  #begin<T>(mode: string, progress: Progress, work: Parameters<typeof begin<T>>[3]): Promise<T> {
    return begin(this.#client.sql, mode, progress, work, this.#patience)
  }

  /** Counts what is under way, and makes every error one of ours. */
  async #admitted<T>(kind: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closedError()
    this.#underWay++
    try {
      return await this.condition.follow(kind, work)
    } finally {
      this.#underWay--
    }
  }

  /** One school after the other, in the order of their ids, then a connection. */
  #inTurn<T>([school, ...rest]: readonly number[], deadline: number, work: () => Promise<T>): Promise<T> {
    if (school === undefined) return this.#connections.hold(deadline, work)
    const line = this.#schools.get(school) ?? new Line(1, 'another write holds the school for too long')
    this.#schools.set(school, line)
    return line.hold(deadline, () => this.#inTurn(rest, deadline, work))
  }

  async #retried<T>(deadline: number, attempt: (progress: Progress) => Promise<T>): Promise<T> {
    for (let n = 1; ; n++) {
      const progress: Progress = { committing: false }
      try {
        return await attempt(progress)
      } catch (error) {
        const lost = isLostConnection(error) && !progress.committing && performance.now() < deadline
        if (!lost && !(isDeadlock(error) && n < tries)) throw lastError(error, progress)
        await sleep(Math.random() * Math.min(50 * 2 ** n, 250))
      }
    }
  }

  /** Not the writes that wait for their school: an import holds them up, and nobody else. */
  waiting(): number {
    return this.#connections.waiting
  }

  /** Vacuumed too, without waiting for anybody: until then an index tells nothing without looking into its table. */
  optimize(): Promise<void> {
    const vacuum = async () => void (await this.#client.sql.unsafe('vacuum (analyze, skip_locked, truncate false)'))
    return this.#admitted('read', () => this.#connections.hold(performance.now() + statementLimit, vacuum))
  }

  load(): LoadFigure[] {
    const { places, inside, waiting } = this.#connections
    const writes = [...this.#schools.values()].reduce((sum, line) => sum + line.waiting, 0)
    return [
      gauge('connections', places, 'Connections that this process may hold.'),
      gauge('connections_busy', inside, 'Connections at work.'),
      gauge('connections_waiting', waiting, 'Reads and writes that wait for a connection.'),
      gauge('writes_waiting', writes, 'Writes of this process that wait for their turn.'),
    ]
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#underWay) await sleep(5)
    await this.#client.end()
  }
}

/** Opens `min` connections; what is wrong with the address, the password or the server shows here. */
async function connect(client: Client, min: number): Promise<void> {
  try {
    await Promise.all(Array.from({ length: min }, () => client.sql.unsafe('select 1')))
  } catch (error) {
    await client.end()
    const message = `PostgreSQL does not answer at DATABASE_URL: ${(error as Error).message}`
    throw new UnavailableError(message, { trouble: 'away', cause: error })
  }
}

export async function openPostgres(url: string, pool: { min: number; max: number }): Promise<Database> {
  const client = clientOf(url, pool.max)
  drizzle(client.sql) // makes the client hand over dates and JSON as text
  await connect(client, Math.min(pool.min, pool.max))
  const db = new Postgres(client, pool.max)
  const run: Run = (read) => db.read(read)
  return Object.assign(handleOn(client.sql, run), {
    condition: db.condition,
    waiting: () => db.waiting(),
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    load: db.load.bind(db),
    close: db.close.bind(db),
  }) as unknown as Database
}
