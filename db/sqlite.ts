import { closeSync, mkdirSync, openSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database, Reader, Transaction } from './database.ts'
import { isBusy, translated, UnavailableError } from './errors.ts'
import { insertPlan, valuesOf } from './insert-all.ts'
import { Line } from './line.ts'
import { lockWait, Scope } from './scope.ts'
import { foreignKeyError } from './sqlite-foreign-keys.ts'

/** Below it, two connections that write can corrupt a WAL file (fixed in SQLite 3.51.3). */
const oldestSafe = [3, 51, 3]
/** NFS, SMB, CIFS, SMB2, AFS, Ceph: their locks do not hold between machines. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400])

/** Throws for the version of a SQLite library that can't be trusted with several writers. */
export function refuseOldLibrary(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [a = 0, b = 0, c = 0] = oldestSafe
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c)
    throw new Error(
      `SQLite ${version} can corrupt its file under several writers: install a better-sqlite3 with SQLite ${oldestSafe.join('.')} or later`,
    )
}

/** Whether statfs's type of a file system, signed or not, is one that several machines can share. */
export const isNetworkFileSystem = (type: number): boolean => networkFileSystems.has(type >>> 0)

/** Makes the file's folder, for this user alone, and refuses one on a network file system. */
export function prepareFolder(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isNetworkFileSystem(statfsSync(folder).type))
    throw new Error(
      `${folder} is on a network file system, where SQLite can lose data: choose a local folder in DATABASE_URL`,
    )
}

/** A connection with the settings every writer of the file must share. `timeout` 0: nobody waits inside SQLite. */
export function connect(file: string, { readonly = false } = {}): BetterSqlite.Database {
  const client = new BetterSqlite(file, { readonly, timeout: readonly ? 10 : 0 })
  if (!readonly) {
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    // What is erased is written over: else the file would hold it until something new happens to lie there.
    client.pragma('secure_delete = ON')
  }
  client.pragma('foreign_keys = ON')
  return client
}

/**
 * Makes the file, for this user alone, unless it is there: SQLite would let everyone on the machine read it. Never opens
 * one that is there: closing it again would end the locks this process holds on it.
 */
export function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // It is there, or can't be made: then SQLite says why.
  }
}

/** `connect`, also while others make the same new file: its switch to WAL does not wait by itself. */
export async function connectPatiently(file: string): Promise<BetterSqlite.Database> {
  const deadline = performance.now() + lockWait
  makePrivately(file)
  for (;;) {
    try {
      return connect(file)
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw translated(error)
      await sleep(5 + Math.random() * 20)
    }
  }
}

/** How a handle runs one statement, given its text and values. */
type Attempt = <T>(text: string, values: readonly unknown[], run: () => T) => T

const reading: Attempt = (_text, _values, run) => {
  try {
    return run()
  } catch (error) {
    throw translated(error)
  }
}

/** better-sqlite3 with its statements kept; Drizzle on top of it runs each by an `Attempt`. */
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

  handle(attempt: Attempt): Transaction {
    const prepare = (text: string) => this.#prepared(text, attempt)
    const client = Object.assign(Object.create(this.client), { prepare }) as BetterSqlite.Database
    const db = drizzle(client)
    const write = async (table: PgTable, rows: readonly object[], replaces: boolean) => {
      const plan = insertPlan(table)
      const places = plan.columns.map(() => '?').join(', ')
      const end = replaces ? plan.overwrite : ''
      const statement = prepare(`insert into ${plan.table} (${plan.names}) values (${places})${end}`)
      for (const row of rows) statement.run(...valuesOf(plan, row))
    }
    return Object.assign(db, {
      rows: async <T>(query: SQL) => db.all(query) as T[],
      insertAll: (table: PgTable, rows: readonly object[]) => write(table, rows, false),
      replaceAll: (table: PgTable, rows: readonly object[]) => write(table, rows, true),
    }) as unknown as Transaction
  }

  /** The part of a better-sqlite3 statement that Drizzle uses. */
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

  /** Asks the scope before each statement, and reports its failure. */
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

  async transaction<T>(begin: () => Promise<void>, work: (tx: Transaction) => Promise<T>): Promise<T> {
    await begin()
    const scope = new Scope()
    try {
      const result = await scope.run(() => work(this.handle(this.#guarded(scope))))
      this.client.exec('commit')
      return result
    } catch (error) {
      if (this.client.inTransaction) this.client.exec('rollback')
      throw error
    }
  }
}

const held = 'another write holds the database for too long'
/** Snapshots under way at once leave so many connections open for the next ones. */
const keptIdle = 4

class Sqlite {
  readonly #file: string
  readonly #write: Connection
  readonly read: Connection
  readonly #idle: Connection[] = []
  readonly #writes = new Line(1, held)
  #underWay = 0
  #closed = false

  constructor(file: string, write: BetterSqlite.Database) {
    this.#file = file
    this.#write = new Connection(write)
    this.read = this.#reader()
  }

  #reader(): Connection {
    return new Connection(connect(this.#file, { readonly: true }))
  }

  /** SQLite has one writer: each transaction waits its turn here, then for other processes, 5 s at most in all. */
  transaction<T>(_schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    const deadline = performance.now() + lockWait
    const begin = () => this.#begin(deadline)
    return this.#admitted(() => this.#writes.hold(deadline, () => this.#write.transaction(begin, work)))
  }

  async #begin(deadline: number): Promise<void> {
    const { client } = this.#write
    // Only if an earlier rollback failed; without this, no write would ever begin again.
    if (client.inTransaction) client.exec('rollback')
    for (;;) {
      try {
        client.exec('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() >= deadline) throw new UnavailableError(held, { cause: error })
        await sleep(2 + Math.random() * 20)
      }
    }
  }

  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    return this.#admitted(async () => {
      const connection = this.#idle.pop() ?? this.#reader()
      try {
        return await connection.transaction(async () => void connection.client.exec('begin'), work)
      } finally {
        const reusable = this.#idle.length < keptIdle && !connection.client.inTransaction
        if (reusable) this.#idle.push(connection)
        else connection.client.close()
      }
    })
  }

  /** Counts what is under way, and makes every error one of ours. */
  async #admitted<T>(work: () => Promise<T>): Promise<T> {
    Scope.refuseNesting()
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

  /** Nothing: our queries are planned well without statistics, and with them this build plans each anew at every call. */
  async optimize(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    while (this.#underWay) await sleep(5)
    for (const { client } of [this.read, ...this.#idle, this.#write]) client.close()
  }
}

export async function openSqlite(file: string): Promise<Database> {
  prepareFolder(file)
  const write = await connectPatiently(file)
  refuseOldLibrary(write.prepare('select sqlite_version()').pluck().get() as string)
  const db = new Sqlite(file, write)
  return Object.assign(db.read.handle(reading), {
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    close: db.close.bind(db),
  }) as unknown as Database
}
