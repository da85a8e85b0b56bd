import { setTimeout as sleep } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import postgres from 'postgres'
import type { Database, Drizzle, Reader, Transaction } from './database.ts'
import { isDeadlock, isLostConnection, translated, UnavailableError } from './errors.ts'
import { lockOrder, lockWait, Scope } from './scope.ts'

const statementLimit = 30_000
const tries = 5
/** First half of our advisory lock keys; the second is the school's id. */
const lockClass = 7310

const dialect = new PgDialect()
const handleOn = (client: postgres.Sql) =>
  new PgDatabase(dialect, new PostgresJsSession(client, dialect, undefined, {}), undefined) as unknown as Drizzle

type Handle = Drizzle & { execute(query: SQL): Promise<Iterable<unknown>> }
const reading = (handle: Drizzle): Transaction =>
  Object.assign(handle, {
    rows: async <T>(query: SQL) => [...(await (handle as Handle).execute(query))] as T[],
  }) as unknown as Transaction

/** Makes every statement of `client` ask the scope first and report its failure. */
function guarded(client: postgres.TransactionSql, scope: Scope): postgres.Sql {
  const { unsafe } = client
  client.unsafe = ((...args: Parameters<typeof unsafe>) => {
    scope.admit()
    const query = unsafe(...args)
    // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is lazy; only its `then` runs it and sees its failure
    query.then = (done, failed) =>
      Object.getPrototypeOf(query).then.call(query, done, (error: unknown) => {
        scope.fail(error)
        if (failed) return failed(error)
        throw error
      })
    return query
  }) as typeof unsafe
  return client as unknown as postgres.Sql
}

/** One statement, one round trip: limits for what follows, then the schools' locks. */
function beginSql(schools: readonly number[]): string {
  const locks = schools.map((school) => `, pg_advisory_xact_lock(${lockClass}, ${Number(school)})`)
  return `select set_config('lock_timeout', '${lockWait}', true), set_config('statement_timeout', '${statementLimit}', true)${locks.join('')}`
}

class Postgres {
  readonly #client: postgres.Sql

  constructor(client: postgres.Sql) {
    this.#client = client
  }

  async transaction<T>(schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    Scope.refuseNesting()
    for (let attempt = 1; ; attempt++) {
      const state = { committing: false }
      try {
        return await this.#attempt(beginSql(lockOrder(schools)), work, state)
      } catch (error) {
        // Lost while committing: it may have been committed, so only the caller's key can tell.
        const again = isDeadlock(error) || (isLostConnection(error) && !state.committing)
        if (!again || attempt >= tries) throw translated(error)
        await sleep(Math.random() * 50 * 2 ** attempt)
      }
    }
  }

  #attempt<T>(begin: string, work: (tx: Transaction) => Promise<T>, state: { committing: boolean }): Promise<T> {
    return this.#client.begin('isolation level read committed', async (own) => {
      await own.unsafe(begin)
      const scope = new Scope()
      const tx = reading(handleOn(guarded(own, scope)))
      const result = await scope.run(() => work(tx))
      state.committing = true
      return result
    }) as Promise<T>
  }

  async snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    Scope.refuseNesting()
    const run = this.#client.begin('isolation level repeatable read read only', (own) => {
      const scope = new Scope()
      return scope.run(() => work(reading(handleOn(guarded(own, scope)))))
    })
    return (run as Promise<T>).catch((error) => {
      throw translated(error)
    })
  }

  async optimize(): Promise<void> {
    await this.#client.unsafe('analyze')
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

export async function openPostgres(url: string, pool: { min: number; max: number }): Promise<Database> {
  const client = postgres(url, {
    max: pool.max,
    // A transaction pooler gives each transaction another server connection: nothing may be prepared on one.
    prepare: false,
    fetch_types: false,
    connect_timeout: 5,
    onnotice() {},
    connection: { TimeZone: 'UTC', application_name: 'homeroom' },
  })
  const handle = drizzle(client) as unknown as Drizzle // sets the client to hand over dates and JSON as text
  const db = new Postgres(client)
  try {
    await Promise.all(Array.from({ length: Math.min(pool.min, pool.max) }, () => client.unsafe('select 1')))
  } catch (error) {
    await client.end({ timeout: 1 })
    throw new UnavailableError('PostgreSQL does not answer at DATABASE_URL', { cause: error })
  }
  return Object.assign(reading(handle), {
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    close: db.close.bind(db),
  }) as unknown as Database
}
