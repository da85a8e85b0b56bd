import { setTimeout as sleep } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { fillPlaceholders } from 'drizzle-orm'
import { Commits } from '../commits.ts'
import { Condition } from '../condition.ts'
import type { Database, Reader, Work } from '../database.ts'
import { closedError, isDeadlock, isLostConnection, isOutdated, UnavailableError } from '../errors.ts'
import { Line } from '../line.ts'
import type { LoadFigure } from '../load.ts'
import { gauge } from '../load.ts'
import { lockOrder, lockWait, Scope } from '../scope.ts'
import type { Client, Connection, Progress } from './connection.ts'
import { handleOn, packedRecords, textOf } from './handle.ts'
import { homeOf, UnfitError } from './home.ts'
import { Pool } from './pool.ts'
import type { Preparing } from './statements.ts'

/** Limits are in ms. A transaction that sits idle for longer loses its locks. */
export const statementLimit = 30_000
const idleLimit = 60_000
const tries = 5
/** A server that has neither begun nor refused a transaction after so long, without the wait for locks, never will. */
const beginLimit = 7_000
const answerLimit = statementLimit + 5_000
const publicLocks = 7310

const local = (setting: string, ms: number) => `set_config('${setting}', '${Math.ceil(ms)}', true)`
const limits = `${local('statement_timeout', statementLimit)}, ${local('idle_in_transaction_session_timeout', idleLimit)}`

function lockSql(schools: readonly number[], lockClass: number, deadline: number): string {
  const patience = Math.max(1_000, deadline - performance.now())
  const locks = schools.map((school) => `pg_advisory_xact_lock(${lockClass}, ${Number(school)})`)
  const steps = [local('lock_timeout', patience), ...locks, local('lock_timeout', lockWait), limits]
  return `select pg_is_in_recovery() as standby, ${steps.join(', ')}`
}

/** After a failover the address may lead to the new primary, so the connection is ended and the next one finds it. */
const leave = 'rollback; select pg_terminate_backend(pg_backend_pid()), pg_sleep(10)'

/** A transaction lost while it commits may have been saved: only a retry with the same key shows it. */
function lastError(error: unknown, { committing, onStandby }: Progress): unknown {
  if (!isLostConnection(error)) return error
  if (committing)
    return new UnavailableError('the connection was lost while it was saved', { trouble: 'unsure', cause: error })
  return onStandby ? new UnavailableError('only a standby answers', { trouble: 'readOnly', cause: error }) : error
}

interface PoolSettings {
  min: number
  max: number
  prepare?: Preparing
}

type Attempt<T> = (connection: Connection, progress: Progress) => Promise<T>

class Postgres implements Client {
  readonly condition = new Condition()
  readonly commits = new Commits()
  readonly #pool: Pool
  readonly #connections: Line
  /** A school's writes wait here and not on connections, of which they would soon hold every one. */
  readonly #schools = new Map<number, Line>()
  #lockClass = publicLocks
  #underWay = 0
  #closed = false

  constructor(url: string, { max, prepare }: PoolSettings) {
    this.#pool = new Pool(url, answerLimit, prepare)
    this.#connections = new Line(max, 'every connection to the database is busy')
  }

  async connect(count: number): Promise<void> {
    const opened = Array.from({ length: count }, () => this.#pool.use(homeOf))
    try {
      const [home] = await Promise.all(opened)
      this.#lockClass = home?.lock ?? publicLocks
    } catch (error) {
      await Promise.allSettled(opened)
      await this.close()
      if (error instanceof UnfitError) throw error
      const message = `PostgreSQL does not answer at DATABASE_URL: ${(error as Error).message}`
      throw new UnavailableError(message, { trouble: 'away', cause: error })
    }
  }

  /** No server ends a read that hangs, so its connection is given up. */
  send: Client['send'] = (text, parameters, how) => {
    const limited = { ...how, limit: statementLimit }
    return this.#admitted('read', () =>
      this.#connected(performance.now() + lockWait, (connection) => connection.send(text, parameters, limited)),
    )
  }

  transaction<T, R>(
    schools: number | readonly number[],
    work: Work<T, R>,
    opening?: SQL,
    late = (): Record<string, unknown> => ({}),
  ): Promise<T> {
    const order = lockOrder(schools)
    const first = opening && textOf(opening)
    const deadline = performance.now() + lockWait
    const limit = beginLimit + lockWait * Math.max(1, order.length)
    const attempt: Attempt<T> = (connection, progress) => {
      const begin = `begin isolation level read committed; ${lockSql(order, this.#lockClass, deadline)}`
      const started = async (own: Client, begun: Promise<{ standby: boolean }[][]>) => {
        const opened = first && own.send<R>(first.sql, fillPlaceholders(first.params, late()))
        // The opening fails when the locks fail, and the locks' error says more.
        opened?.catch(() => {})
        const [, [locked] = []] = await begun
        if (locked?.standby) {
          progress.onStandby = true
          await connection.send(leave)
        }
        return work(handleOn(own), (await opened) ?? [])
      }
      return connection.transaction(begin, started, { limit, progress })
    }
    const written = this.#admitted('write', () => {
      Scope.refuseNesting()
      return this.#inTurn(order, deadline, attempt)
    })
    return this.commits.follow(schools, written)
  }

  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    const begin = `begin isolation level repeatable read read only; select ${limits}`
    const started = async (own: Client, begun: Promise<unknown>) => {
      await begun
      return work(handleOn(own))
    }
    return this.#admitted('read', () => {
      Scope.refuseNesting()
      return this.#connected(performance.now() + lockWait, (connection) =>
        connection.transaction(begin, started, { limit: beginLimit + lockWait }),
      )
    })
  }

  async #admitted<T>(kind: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closedError()
    this.#underWay++
    try {
      return await this.condition.follow(kind, work)
    } finally {
      this.#underWay--
    }
  }

  #inTurn<T>([school, ...rest]: readonly number[], deadline: number, attempt: Attempt<T>): Promise<T> {
    if (school === undefined) return this.#connected(deadline, attempt)
    const line = this.#schools.get(school) ?? new Line(1, 'another write holds the school for too long')
    this.#schools.set(school, line)
    return line.hold(deadline, () => this.#inTurn(rest, deadline, attempt))
  }

  #connected<T>(deadline: number, attempt: Attempt<T>): Promise<T> {
    return this.#connections.hold(deadline, async () => {
      for (let n = 1, isCautious = false; ; n++) {
        const progress: Progress = { committing: false }
        try {
          return await this.#pool.use((connection) => attempt(connection, progress), isCautious)
        } catch (error) {
          // The server has taken back the whole transaction, so all of it is sent again, and nothing by a name.
          if (!isCautious && isOutdated(error)) {
            isCautious = true
            continue
          }
          const lost = isLostConnection(error) && !progress.committing && performance.now() < deadline
          if (!lost && !(isDeadlock(error) && n < tries)) throw lastError(error, progress)
          await sleep(Math.random() * Math.min(50 * 2 ** n, 250))
        }
      }
    })
  }

  waiting(): number {
    return this.#connections.waiting
  }

  /** Before a first vacuum, every index scan reads the table as well. */
  async optimize(): Promise<void> {
    const vacuum = 'vacuum (analyze, skip_locked, truncate false)'
    await this.#admitted('read', () =>
      this.#connected(performance.now() + statementLimit, (connection) => connection.send(vacuum, [], { limit: 0 })),
    )
  }

  load(): LoadFigure[] {
    const { capacity, inside, waiting } = this.#connections
    const writes = [...this.#schools.values()].reduce((sum, line) => sum + line.waiting, 0)
    return [
      gauge('connections', capacity, 'Connections that this process may hold.'),
      gauge('connections_busy', inside, 'Connections at work.'),
      gauge('connections_waiting', waiting, 'Reads and writes that wait for a connection.'),
      gauge('writes_waiting', writes, 'Writes of this process that wait for their turn.'),
    ]
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#underWay) await sleep(5)
    await this.#pool.end()
  }
}

export async function openPostgres(url: string, pool: PoolSettings): Promise<Database> {
  const db = new Postgres(url, pool)
  await db.connect(Math.min(pool.min, pool.max))
  return Object.assign(handleOn(db), {
    condition: db.condition,
    commits: db.commits,
    pack: packedRecords,
    waiting: () => db.waiting(),
    waits: () => null,
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    giveWay: async () => {},
    load: db.load.bind(db),
    close: db.close.bind(db),
  })
}
