/** A job may need more rows than memory holds: they lie in SQLite's own temporary file, which ends with the process. */
import type BetterSqlite from 'better-sqlite3'
import { UnavailableError } from './errors.ts'
import { Sqlite } from './sqlite-driver.ts'

const pageRows = 500
const cacheKiB = 32_768
/** Rows are put in twice as fast as on SQLite's usual pages of 4 KiB. */
const pageBytes = 16_384

export type Key = string | readonly string[]
const keyText = (key: Key): string => (typeof key === 'string' ? key : key.join('\0'))
const prefixText = (key: Key): string => `${keyText(key)}\0`

export const temporaryFull = 'the folder for temporary files (TMPDIR) is full or may not be written'
const diskError = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY)/

/** To read a page, SQLite may have to write another one out. */
function onDisk<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!diskError.test((error as { code?: string }).code ?? '')) throw error
    throw new UnavailableError(temporaryFull, { trouble: 'full', cause: error })
  }
}

interface Stored {
  position: number
  key: string
  value: string
}

export class Shelf<T> {
  readonly #insert: BetterSqlite.Statement
  readonly #put: BetterSqlite.Statement
  readonly #get: BetterSqlite.Statement
  readonly #delete: BetterSqlite.Statement
  readonly #count: BetterSqlite.Statement
  readonly #any: BetterSqlite.Statement
  readonly #inOrder: BetterSqlite.Statement
  readonly #under: BetterSqlite.Statement
  /** Most questions are put to shelves on which nothing was ever laid. */
  #isUsed = false

  constructor(client: BetterSqlite.Database, table: string) {
    client.exec(`create table "${table}" (position integer primary key, key text not null unique, value text not null)`)
    this.#insert = client.prepare(`insert into "${table}" (key, value) values (?, ?) on conflict do nothing`)
    this.#put = client.prepare(
      `insert into "${table}" (key, value) values (?, ?) on conflict (key) do update set value = excluded.value`,
    )
    this.#get = client.prepare(`select value from "${table}" where key = ?`).pluck()
    this.#delete = client.prepare(`delete from "${table}" where key = ?`)
    this.#count = client.prepare(`select count(*) from "${table}"`).pluck()
    this.#any = client.prepare(`select 1 from "${table}" limit 1`)
    this.#inOrder = client.prepare(
      `select position, key, value from "${table}" where position > ? order by position limit ${pageRows}`,
    )
    this.#under = client.prepare(
      `select position, key, value from "${table}" where key > ? and key < ? order by key limit ${pageRows}`,
    )
  }

  #run(statement: BetterSqlite.Statement, key: Key, value: T): number {
    this.#isUsed = true
    return onDisk(() => statement.run(keyText(key), JSON.stringify(value)).changes)
  }

  /** Returns false, and changes nothing, when the key is taken. */
  add(key: Key, value: T): boolean {
    return this.#run(this.#insert, key, value) > 0
  }

  put(key: Key, value: T): void {
    this.#run(this.#put, key, value)
  }

  get(key: Key): T | undefined {
    if (!this.#isUsed) return undefined
    const found = onDisk(() => this.#get.get(keyText(key)) as string | undefined)
    return found === undefined ? undefined : (JSON.parse(found) as T)
  }

  has(key: Key): boolean {
    return this.#isUsed && onDisk(() => this.#get.get(keyText(key))) !== undefined
  }

  delete(key: Key): void {
    if (this.#isUsed) onDisk(() => this.#delete.run(keyText(key)))
  }

  get isEmpty(): boolean {
    return !this.#isUsed || onDisk(() => this.#any.get()) === undefined
  }

  /** Counts all rows: `isEmpty` is what is asked for each row of another shelf. */
  count(): number {
    return onDisk(() => this.#count.get() as number)
  }

  *entries(): Generator<[string, T]> {
    let last = 0
    for (;;) {
      const page = onDisk(() => this.#inOrder.all(last) as Stored[])
      for (const { key, value } of page) yield [key, JSON.parse(value) as T]
      const end = page.at(-1)
      if (!end) return
      last = end.position
    }
  }

  *under(first: Key): Generator<[string[], T]> {
    if (!this.#isUsed) return
    const prefix = prefixText(first)
    const end = `${prefix.slice(0, -1)}\u0001`
    let last = prefix.slice(0, -1)
    for (;;) {
      const page = onDisk(() => this.#under.all(last, end) as Stored[])
      for (const { key, value } of page) {
        if (key.startsWith(prefix)) yield [key.slice(prefix.length).split('\0'), JSON.parse(value) as T]
      }
      const final = page.at(-1)
      if (page.length < pageRows || !final) return
      last = final.key
    }
  }
}

interface Ranked<T> {
  rank: number
  value: T
}
interface Laid {
  rank: number
  position: number
  value: string
}
const keptInMemory = 16

/** Large values: those of a lower rank first, then in the order in which they came. Many of them lie on disk, a few in memory. */
export class Pile<T> {
  readonly #add: BetterSqlite.Statement
  readonly #next: BetterSqlite.Statement
  readonly #clear: BetterSqlite.Statement
  #kept: Ranked<T>[] = []
  #isOnDisk = false

  constructor(client: BetterSqlite.Database, table: string) {
    client.exec(`create table "${table}" (position integer primary key, rank integer not null, value text not null)`)
    client.exec(`create index "${table} rank" on "${table}" (rank, position)`)
    this.#add = client.prepare(`insert into "${table}" (rank, value) values (?, ?)`)
    this.#next = client.prepare(
      `select rank, position, value from "${table}" where (rank, position) > (?, ?) order by rank, position limit 1`,
    )
    this.#clear = client.prepare(`delete from "${table}"`)
  }

  add(rank: number, value: T): void {
    this.#kept.push({ rank, value })
    if (!this.#isOnDisk && this.#kept.length <= keptInMemory) return
    this.#isOnDisk = true
    for (const one of this.#kept.splice(0)) onDisk(() => this.#add.run(one.rank, JSON.stringify(one.value)))
  }

  *[Symbol.iterator](): Generator<T> {
    for (const { value } of this.#kept.toSorted((one, other) => one.rank - other.rank)) yield value
    if (this.#isOnDisk) yield* this.#onDisk()
  }

  *#onDisk(): Generator<T> {
    let last = { rank: -1, position: 0 }
    for (;;) {
      const next = onDisk(() => this.#next.get(last.rank, last.position) as Laid | undefined)
      if (!next) return
      last = next
      yield JSON.parse(next.value) as T
    }
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0 && !this.#isOnDisk
  }

  clear(): void {
    this.#kept = []
    if (this.#isOnDisk) onDisk(() => this.#clear.run())
    this.#isOnDisk = false
  }
}

export class Scratch {
  readonly #client = new Sqlite('')
  #shelves = 0

  constructor() {
    this.#client.pragma(`page_size = ${pageBytes}`)
    this.#client.pragma('journal_mode = OFF')
    this.#client.pragma('synchronous = OFF')
    this.#client.pragma(`cache_size = -${cacheKiB}`)
    this.#client.exec('begin')
  }

  shelf<T>(): Shelf<T> {
    this.#shelves++
    return new Shelf<T>(this.#client, `shelf ${this.#shelves}`)
  }

  pile<T>(): Pile<T> {
    this.#shelves++
    return new Pile<T>(this.#client, `pile ${this.#shelves}`)
  }

  close(): void {
    this.#client.close()
  }
}
