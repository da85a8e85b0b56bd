import { mkdirSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Database, Reader, Transaction } from './database.ts'
import { isBusy, translated, UnavailableError } from './errors.ts'
import { lockWait, Scope } from './scope.ts'
import { foreignKeyError } from './sqlite-foreign-keys.ts'

/** Below it, two connections that write can corrupt a WAL file (fixed in SQLite 3.51.3). */
const oldestSafe = [3, 51, 3]
/** NFS, SMB, CIFS, SMB2, AFS, Ceph: their locks do not hold between machines. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400])

function refuseOldLibrary(client: BetterSqlite.Database): void {
  const version = client.prepare('select sqlite_version()').pluck().get() as string
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [a = 0, b = 0, c = 0] = oldestSafe
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c)
    throw new Error(
      `SQLite ${version} can corrupt its file under several writers: install a better-sqlite3 with SQLite ${oldestSafe.join('.')} or later`,
    )
}

/** Makes the file's folder, for this user alone, and refuses one on a network file system. */
export function prepareFolder(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (networkFileSystems.has(statfsSync(folder).type >>> 0))
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
  }
  client.pragma('foreign_keys = ON')
  return client
}

/** better-sqlite3 with its statements kept; Drizzle on top of it asks `scope` before each statement. */
class Connection {
  readonly client: BetterSqlite.Database
  readonly #statements = new Map<string, BetterSqlite.Statement>()

  constructor(file: string, readonly = false) {
    this.client = connect(file, { readonly })
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

  handle(scope?: Scope): Transaction {
    const prepare = scope ? (text: string) => this.#guarded(text, scope) : (text: string) => this.#plain(text)
    const client = Object.assign(Object.create(this.client), { prepare }) as BetterSqlite.Database
    const db = drizzle(client)
    return Object.assign(db, { rows: async <T>(query: SQL) => db.all(query) as T[] }) as unknown as Transaction
  }

  #plain(text: string) {
    const statement = this.#statement(text)
    const rows = () => (statement.reader ? statement.raw(false) : statement)
    return {
      raw: () => statement.raw(),
      all: (...values: unknown[]) => rows().all(...values),
      get: (...values: unknown[]) => rows().get(...values),
      run: (...values: unknown[]) => statement.run(...values),
    }
  }

  #guarded(text: string, scope: Scope) {
    const attempt = <T>(values: unknown[], run: () => T): T => {
      scope.admit()
      try {
        return run()
      } catch (error) {
        const named = foreignKeyError(this.client, text, values, error) ?? error
        scope.fail(named)
        throw named
      }
    }
    const plain = attempt([], () => this.#plain(text))
    return {
      raw: () => ({
        all: (...values: unknown[]) => attempt(values, () => plain.raw().all(...values)),
        get: (...values: unknown[]) => attempt(values, () => plain.raw().get(...values)),
      }),
      all: (...values: unknown[]) => attempt(values, () => plain.all(...values)),
      get: (...values: unknown[]) => attempt(values, () => plain.get(...values)),
      run: (...values: unknown[]) => attempt(values, () => plain.run(...values)),
    }
  }

  async transaction<T>(begin: () => Promise<void>, work: (tx: Transaction) => Promise<T>): Promise<T> {
    await begin()
    const scope = new Scope()
    try {
      const result = await scope.run(() => work(this.handle(scope)))
      this.client.exec('commit')
      return result
    } catch (error) {
      if (this.client.inTransaction) this.client.exec('rollback')
      throw error
    }
  }
}

const tooLong = (cause?: unknown) =>
  new UnavailableError('another write holds the database for too long', cause ? { cause } : {})

class Sqlite {
  readonly #file: string
  readonly #write: Connection
  readonly read: Connection
  readonly #idle: Connection[] = []
  #tail: Promise<unknown> = Promise.resolve()
  #underWay = 0

  constructor(file: string) {
    this.#file = file
    prepareFolder(file)
    this.#write = new Connection(file)
    refuseOldLibrary(this.#write.client)
    this.read = new Connection(file, true)
  }

  /** SQLite has one writer: each transaction waits its turn here, then for other processes, 5 s at most in all. */
  async transaction<T>(_schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    Scope.refuseNesting()
    const deadline = performance.now() + lockWait
    const begin = () => this.#begin(deadline)
    try {
      return await this.#inTurn(() => this.#write.transaction(begin, work), deadline)
    } catch (error) {
      throw translated(error)
    }
  }

  #inTurn<T>(work: () => Promise<T>, deadline: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const gaveUp = setTimeout(() => reject(tooLong()), deadline - performance.now())
      this.#tail = this.#tail.then(async () => {
        if (performance.now() >= deadline) return
        clearTimeout(gaveUp)
        await work().then(resolve, reject)
      })
    })
  }

  async #begin(deadline: number): Promise<void> {
    for (;;) {
      try {
        this.#write.client.exec('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() >= deadline) throw tooLong(error)
        await sleep(2 + Math.random() * 20)
      }
    }
  }

  async snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T> {
    Scope.refuseNesting()
    const connection = this.#idle.pop() ?? new Connection(this.#file, true)
    this.#underWay++
    try {
      return await connection.transaction(async () => void connection.client.exec('begin'), work)
    } catch (error) {
      throw translated(error)
    } finally {
      this.#underWay--
      this.#idle.push(connection)
    }
  }

  optimize(): Promise<void> {
    return this.transaction([], async () => void this.#write.client.exec('analyze'))
  }

  async close(): Promise<void> {
    await this.#tail
    while (this.#underWay) await sleep(5)
    for (const { client } of [this.read, ...this.#idle, this.#write]) client.close()
  }
}

export function openSqlite(file: string): Database {
  const db = new Sqlite(file)
  return Object.assign(db.read.handle(), {
    transaction: db.transaction.bind(db),
    snapshot: db.snapshot.bind(db),
    optimize: db.optimize.bind(db),
    close: db.close.bind(db),
  }) as unknown as Database
}
