import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import type { SQL } from 'drizzle-orm'
import { fillPlaceholders } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { PgTable } from 'drizzle-orm/pg-core'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { Commits } from './commits.ts'
import { Condition } from './condition.ts'
import type { Database, Packed, Part, Reader, Transaction, Work } from './database.ts'
import { Durations } from './durations.ts'
import { closedError, isBusy, UnavailableError } from './errors.ts'
import type { FenceOptions } from './fence.ts'
import { Fence } from './fence.ts'
import type { Plan } from './insert-all.ts'
import { insertPlan, valuesOf, valuesOfAll } from './insert-all.ts'
import { Line } from './line.ts'
import type { LoadFigure } from './load.ts'
import { counter, gauge } from './load.ts'
import { lockWait, Scope } from './scope.ts'
import { connect, connectToRead, connectToWrite, refuseOldLibrary } from './sqlite-file.ts'
import { foreignKeyError } from './sqlite-foreign-keys.ts'
import { breathing } from './sqlite-session.ts'
import { turns } from './turns.ts'

const dialect = new SQLiteSyncDialect()

type Attempt = <T>(text: string, values: readonly unknown[], run: () => T) => T

type Pause = <T>(then: () => T) => Promise<T>

type Late = () => Record<string, unknown>
type OpeningFile = Pick<FenceOptions, 'recover'> & { readonly?: boolean }

const pauseOfReads: Pause = async (then) => {
  await turns.next()
  return then()
}

const readingOf =
  (client: BetterSqlite.Database, condition: Condition): Attempt =>
  (_text, _values, run) => {
    if (!client.open) throw closedError()
    const begun = performance.now()
    try {
      const rows = run()
      condition.worked('read', begun)
      return rows
    } catch (error) {
      throw condition.failed('read', begun, error)
    }
  }

class Connection {
  readonly client: BetterSqlite.Database
  readonly #statements = new Map<string, BetterSqlite.Statement>()

  constructor(client: BetterSqlite.Database) {
    this.client = client
  }

  #statement(text: string): BetterSqlite.Statement {
    let statement = this.#statements.get(text)
    if (!statement) {
      if (this.#statements.size >= 500) this.#statements.clear()
      statement = this.client.prepare(text)
      this.#statements.set(text, statement)
    }
    return statement
  }

  handle(attempt: Attempt, pause: Pause): Transaction {
    const prepare = (text: string) => this.#prepared(text, attempt)
    const client = Object.assign(Object.create(this.client), { prepare }) as BetterSqlite.Database
    const db = breathing(drizzle(client), pause)
    const put = async <T>(
      table: PgTable,
      rows: readonly T[],
      replaces: boolean,
      of: (plan: Plan, row: T) => unknown[],
    ) => {
      const plan = insertPlan(table)
      const parameters = plan.columns.map(() => '?').join(', ')
      const end = replaces ? plan.overwrite : ''
      const statement = prepare(`insert into ${plan.table} (${plan.names}) values (${parameters})${end}`)
      for (const row of rows) {
        const write = () => statement.run(...of(plan, row))
        if (turns.isOver) await pause(write)
        else write()
      }
    }
    const write = (table: PgTable, rows: readonly object[], replaces: boolean) => put(table, rows, replaces, valuesOf)
    const writePacked = (schoolId: number, table: PgTable, packed: Packed, replaces: boolean) => {
      const inSchool = ({ school }: Plan, values: unknown[]) => values.with(school, schoolId)
      return put(table, packed as unknown[][], replaces, inSchool)
    }
    return Object.assign(db, {
      rows: async <T>(query: SQL) => db.all(query) as T[],
      insertAll: async (...parts: Part[]) => {
        for (const [table, rows] of parts) await write(table, rows, false)
      },
      replaceAll: (table: PgTable, rows: readonly object[]) => write(table, rows, true),
      insertPacked: (schoolId: number, table: PgTable, packed: Packed) => writePacked(schoolId, table, packed, false),
      replacePacked: (schoolId: number, table: PgTable, packed: Packed) => writePacked(schoolId, table, packed, true),
    }) as unknown as Transaction
  }

  #prepared(text: string, attempt: Attempt) {
    const statement = attempt(text, [], () => this.#statement(text))
    const plain = () => (statement.reader ? statement.raw(false) : statement)
    const raw = {
      all: (...values: unknown[]) => attempt(text, values, () => statement.raw().all(...values)),
      get: (...values: unknown[]) => attempt(text, values, () => statement.raw().get(...values)),
    }
    return {
      raw: () => raw,
      all: (...values: unknown[]) => attempt(text, values, () => plain().all(...values)),
      get: (...values: unknown[]) => attempt(text, values, () => plain().get(...values)),
      run: (...values: unknown[]) => attempt(text, values, () => statement.run(...values)),
    }
  }

  #guarded(scope: Scope): Attempt {
    return (text, values, run) => {
      scope.admit()
      try {
        return run()
      } catch (error) {
        const named = foreignKeyError(this.client, text, values, error) ?? error
        scope.fail(named)
        throw named
      }
    }
  }

  async transaction<T, R>(begin: () => Promise<void>, work: Work<T, R>, opening?: SQL, late?: Late): Promise<T> {
    const first = opening && dialect.sqlToQuery(opening)
    await begin()
    const scope = new Scope()
    try {
      const attempt = this.#guarded(scope)
      // A transaction that ends meanwhile has the statement refused: it never runs in the one that follows.
      const tx = this.handle(attempt, (then) => scope.follow(() => pauseOfReads(then)))
      const opened = () =>
        first ? (this.#prepared(first.sql, attempt).all(...fillPlaceholders(first.params, late?.() ?? {})) as R[]) : []
      const result = await scope.run(async () => work(tx, opened()))
      this.client.exec('commit')
      return result
    } catch (error) {
      if (this.client.inTransaction) this.client.exec('rollback')
      throw error
    }
  }
}

const held = 'another write holds the database for too long'
/** In ms: whoever waits for another process asks again after so long at the latest. */
const askedEvery = 22
const keptIdle = 4
/** By default each of several connections would keep 16 MiB of the file in memory. */
const snapshotCacheKiB = 4096

class Sqlite {
  readonly condition = new Condition()
  readonly commits = new Commits()
  readonly fence: Fence
  readonly #file: string
  readonly #write: Connection
  readonly read: Connection
  readonly #idle: Connection[] = []
  readonly #writes = new Line(1, held)
  readonly #begun = new Durations()
  #waitedMs = 0
  #retries = 0
  #underWay = 0
  #closed = false

  constructor(file: string, write: BetterSqlite.Database, recover: FenceOptions['recover']) {
    this.#file = file
    this.#write = new Connection(write)
    this.read = this.#reader()
    this.fence = new Fence({ client: this.read.client, recover })
  }

  #reader(): Connection {
    return new Connection(connect(this.#file, { readonly: true }))
  }

  #snapshotReader(): Connection {
    const connection = this.#reader()
    connection.client.pragma(`cache_size = -${snapshotCacheKiB}`)
    return connection
  }

  /** SQLite has one writer: a transaction waits here for its turn, then for other processes, 5 s at most in all. */
  transaction<T, R>(schools: number | readonly number[], work: Work<T, R>, opening?: SQL, late?: Late): Promise<T> {
    // Processes report themselves all day long without a school, and keep nobody waiting.
    const isCounted = typeof schools === 'number' || schools.length > 0
    const attempt = () => {
      const asked = performance.now()
      const deadline = asked + lockWait
      const begin = () => this.#begin(deadline).finally(() => isCounted && this.#begun.note(performance.now() - asked))
      const inTurn = () => this.#write.transaction(begin, work, opening, late)
      return this.#admitted('write', () => this.#writes.hold(deadline, inTurn))
    }
    return this.commits.follow(schools, this.fence.pass(attempt))
  }

  async #begin(deadline: number): Promise<void> {
    const { client } = this.#write
    if (client.inTransaction) client.exec('rollback')
    for (;;) {
      try {
        client.exec('begin immediate')
        this.#waitedMs += performance.now() - deadline + lockWait
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() >= deadline) throw new UnavailableError(held, { cause: error })
        this.#retries++
        await sleep(2 + Math.random() * (askedEvery - 2))
      }
    }
  }

  async giveWay(): Promise<void> {
    await sleep(2 * askedEvery)
  }

  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    return this.#admitted('read', async () => {
      const connection = this.#idle.pop() ?? this.#snapshotReader()
      try {
        return await connection.transaction(async () => void connection.client.exec('begin'), work)
      } finally {
        const reusable = this.#idle.length < keptIdle && !connection.client.inTransaction
        if (reusable) this.#idle.push(connection)
        else connection.client.close()
      }
    })
  }

  async #admitted<T>(kind: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    Scope.refuseNesting()
    if (this.#closed) throw closedError()
    this.#underWay++
    try {
      return await this.condition.follow(kind, work)
    } finally {
      this.#underWay--
    }
  }

  /** Our queries are planned well without statistics; with them, this build of SQLite plans each anew at every call. */
  async optimize(): Promise<void> {}

  waits(): number[] {
    const { counts } = this.#begun
    return counts.with(-1, (counts.at(-1) ?? 0) + this.#writes.refused)
  }

  load(): LoadFigure[] {
    return [
      gauge('writes_waiting', this.#writes.waiting, 'Writes of this process that wait for their turn.'),
      counter('write_wait_seconds_total', this.#waitedMs / 1000, 'How long writes have waited to begin.'),
      counter('busy_retries_total', this.#retries, 'Times another process held the file when a write was to begin.'),
    ]
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    while (this.#underWay) await sleep(5)
    for (const { client } of [this.read, ...this.#idle, this.#write]) client.close()
  }
}

export async function openSqlite(file: string, { readonly = false, recover }: OpeningFile = {}): Promise<Database> {
  const write = readonly ? connectToRead(file) : await connectToWrite(file)
  refuseOldLibrary(write.prepare('select sqlite_version()').pluck().get() as string)
  const db = new Sqlite(file, write, recover)
  return Object.assign(db.read.handle(readingOf(db.read.client, db.condition), pauseOfReads), {
    condition: db.condition,
    commits: db.commits,
    fence: db.fence,
    pack: valuesOfAll,
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    giveWay: db.giveWay.bind(db),
    load: db.load.bind(db),
    waiting: () => 0,
    waits: () => db.waits(),
    close: db.close.bind(db),
  })
}
