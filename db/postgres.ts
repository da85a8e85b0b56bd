import { setTimeout as sleep } from 'node:timers/promises'
import type { Column, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import postgres from 'postgres'
import type { Database, Drizzle, Reader, Transaction } from './database.ts'
import { isDeadlock, isLostConnection, translated, UnavailableError } from './errors.ts'
import { insertPlan } from './insert-all.ts'
import { Line } from './line.ts'
import type { Progress } from './postgres-begin.ts'
import { begin } from './postgres-begin.ts'
import { lockOrder, lockWait, Scope } from './scope.ts'

/** In ms: what one statement may take, and how long a transaction may sit idle before its locks are taken from it. */
const statementLimit = 30_000
const idleLimit = 60_000
const tries = 5
/** First half of our advisory lock keys; the second is the school's id. */
const lockClass = 7310

/** How a handle runs one read. */
type Run = <T>(read: () => Promise<T>) => Promise<T>

const dialect = new PgDialect()

/** After a query that failed between two rows, postgres.js starts the connection's next result with holes (its issue 1119). */
const withoutHoles = <T>(rows: T): T =>
  Array.isArray(rows) && rows.length && !(0 in rows) ? (rows.filter(() => true) as T) : rows

function sessionOn(client: postgres.Sql, run: Run) {
  const session = new PostgresJsSession(client, dialect, undefined, {})
  const { prepareQuery } = session
  session.prepareQuery = (...args) => {
    const query = prepareQuery.apply(session, args)
    const { execute } = query
    query.execute = (values) => run(async () => withoutHoles(await execute.call(query, values)))
    return query as never
  }
  return session
}

/** All rows are one parameter: thousands would cost as much as everything else together. */
async function writeAll(
  client: postgres.Sql,
  table: PgTable,
  rows: readonly object[],
  replaces: boolean,
): Promise<void> {
  const plan = insertPlan(table)
  const values = rows.map((row) => recordOf(plan.columns, row))
  const from = `select ${plan.names} from json_populate_recordset(null::${plan.table}, $1)`
  const end = replaces ? plan.overwrite : ''
  await client.unsafe(`insert into ${plan.table} (${plan.names}) ${from}${end}`, [JSON.stringify(values)])
}

/** By column name, what isn't null; JSON as itself and not as a text. */
function recordOf(columns: readonly [string, Column][], row: object): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const [key, column] of columns) {
    const value = (row as Record<string, unknown>)[key] ?? null
    if (value === null) continue
    const stored = column.mapToDriverValue(value)
    record[column.name] = column.getSQLType() === 'jsonb' ? value : stored
  }
  return record
}

type Handle = Drizzle & { execute(query: SQL): Promise<Iterable<unknown>> }
function handleOn(client: postgres.Sql, run: Run = (read) => read()): Transaction {
  const handle = new PgDatabase(dialect, sessionOn(client, run), undefined) as unknown as Handle
  return Object.assign(handle, {
    insertAll: (table: PgTable, rows: readonly object[]) => writeAll(client, table, rows, false),
    replaceAll: (table: PgTable, rows: readonly object[]) => writeAll(client, table, rows, true),
    rows: async <T>(query: SQL) => [...(await handle.execute(query))] as T[],
  }) as unknown as Transaction
}

const local = (setting: string, ms: number) => `set_config('${setting}', '${Math.ceil(ms)}', true)`
const limits = `${local('statement_timeout', statementLimit)}, ${local('idle_in_transaction_session_timeout', idleLimit)}`

/** One statement, one round trip: the schools' locks, and limits for what follows. */
function lockSql(schools: readonly number[], deadline: number): string {
  const patience = Math.max(1_000, deadline - performance.now())
  const locks = schools.map((school) => `pg_advisory_xact_lock(${lockClass}, ${Number(school)})`)
  return `select ${[local('lock_timeout', patience), ...locks, local('lock_timeout', lockWait), limits].join(', ')}`
}

/** A read that hangs keeps its connection, but not the one who asked. */
function inTime<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UnavailableError('the database does not answer in time')), statementLimit)
  })
  return Promise.race([reading, overdue]).finally(() => clearTimeout(timer))
}

class Postgres {
  readonly #client: postgres.Sql
  /** Without it, postgres.js would send a statement down a connection that is still busy with another. */
  readonly #connections: Line
  /** A school's writes wait here, not on connections: they would soon hold every one. */
  readonly #schools = new Map<number, Line>()
  #underWay = 0
  #closed = false

  constructor(client: postgres.Sql, connections: number) {
    this.#client = client
    this.#connections = new Line(connections, 'every connection to the database is busy')
  }

  read<T>(read: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + lockWait
    const patiently = () => this.#retried(deadline, read)
    return this.#admitted(() => inTime(this.#connections.hold(deadline, patiently)))
  }

  transaction<T>(schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    const order = lockOrder(schools)
    const deadline = performance.now() + lockWait
    const attempt = (progress: Progress) =>
      begin(this.#client, 'isolation level read committed', progress, async (own) => {
        await own.unsafe(lockSql(order, deadline))
        return work(handleOn(own))
      })
    return this.#admitted(() => {
      Scope.refuseNesting()
      return this.#inTurn(order, deadline, () => this.#retried(deadline, attempt))
    })
  }

  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    const deadline = performance.now() + lockWait
    const attempt = (progress: Progress) =>
      begin(this.#client, 'isolation level repeatable read read only', progress, async (own) => {
        await own.unsafe(`select ${limits}`)
        return work(handleOn(own))
      })
    return this.#admitted(() => {
      Scope.refuseNesting()
      return this.#connections.hold(deadline, () => this.#retried(deadline, attempt))
    })
  }

  /** Counts what is under way, and makes every error one of ours. */
  async #admitted<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new UnavailableError('the database has been closed')
    this.#underWay++
    try {
      return await work()
    } catch (error) {
      throw translated(error)
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
      const progress = { committing: false }
      try {
        return await attempt(progress)
      } catch (error) {
        // Lost while committing: it may have been committed, so only the caller's key can tell.
        const lost = isLostConnection(error) && !progress.committing && performance.now() < deadline
        if (!lost && !(isDeadlock(error) && n < tries)) throw error
        await sleep(Math.random() * Math.min(50 * 2 ** n, 500))
      }
    }
  }

  /** Vacuumed too, without waiting for anybody: until then an index tells nothing without looking into its table. */
  optimize(): Promise<void> {
    const vacuum = async () => void (await this.#client.unsafe('vacuum (analyze, skip_locked, truncate false)'))
    return this.#admitted(() => this.#connections.hold(performance.now() + statementLimit, vacuum))
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#underWay) await sleep(5)
    // Nothing is under way; but where a connection was lost once, postgres.js would wait for its end for good.
    await this.#client.end({ timeout: 0.5 })
  }
}

/** Opens `min` connections; what is wrong with the address, the password or the server shows here. */
async function connect(client: postgres.Sql, min: number): Promise<void> {
  try {
    await Promise.all(Array.from({ length: min }, () => client.unsafe('select 1')))
  } catch (error) {
    await client.end({ timeout: 1 })
    throw new UnavailableError(`PostgreSQL does not answer at DATABASE_URL: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

export async function openPostgres(url: string, pool: { min: number; max: number }): Promise<Database> {
  const client = postgres(url, {
    max: pool.max,
    // A transaction pooler gives each transaction another server connection: nothing may be prepared on one.
    prepare: false,
    fetch_types: false,
    connect_timeout: 5,
    // Its own goes up to 20 s: a server that is back would be left alone.
    backoff: (failures) => Math.min(failures * 0.05, 0.5),
    onnotice() {},
    connection: { TimeZone: 'UTC', application_name: 'homeroom' },
  })
  drizzle(client) // makes the client hand over dates and JSON as text
  await connect(client, Math.min(pool.min, pool.max))
  const db = new Postgres(client, pool.max)
  const run: Run = (read) => db.read(read)
  return Object.assign(handleOn(client, run), {
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    close: db.close.bind(db),
  }) as unknown as Database
}
