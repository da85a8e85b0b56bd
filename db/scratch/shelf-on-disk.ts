import type BetterSqlite from 'better-sqlite3'
import { KeyFilter } from './key-filter.ts'
import { onDisk } from './on-disk.ts'

interface Stored {
  position: number
  key: string
  value: string
}
export type Found<T> = [key: string, value: T]

const found = <T>({ key, value }: Stored): Found<T> => [key, JSON.parse(value) as T]
export const pageRows = 500

export class ShelfOnDisk<T> {
  readonly #filter = new KeyFilter()
  readonly #put: BetterSqlite.Statement
  readonly #get: BetterSqlite.Statement
  readonly #delete: BetterSqlite.Statement
  readonly #count: BetterSqlite.Statement
  readonly #any: BetterSqlite.Statement
  readonly #position: BetterSqlite.Statement
  readonly #inOrder: BetterSqlite.Statement
  readonly #between: BetterSqlite.Statement

  constructor(client: BetterSqlite.Database, table: string) {
    client.exec(`create table "${table}" (position integer primary key, key text not null unique, value text not null)`)
    this.#put = client.prepare(
      `insert into "${table}" (key, value) values (?, ?) on conflict (key) do update set value = excluded.value`,
    )
    this.#get = client.prepare(`select value from "${table}" where key = ?`).pluck()
    this.#delete = client.prepare(`delete from "${table}" where key = ?`)
    this.#count = client.prepare(`select count(*) from "${table}"`).pluck()
    this.#any = client.prepare(`select 1 from "${table}" limit 1`)
    this.#position = client.prepare(`select position from "${table}" where key = ?`).pluck()
    this.#inOrder = client.prepare(
      `select position, key, value from "${table}" where position > ? order by position limit ${pageRows}`,
    )
    this.#between = client.prepare(
      `select position, key, value from "${table}" where key > ? and key < ? order by key limit ?`,
    )
  }

  put(entries: Iterable<Found<T>>): void {
    onDisk(() => {
      for (const [key, value] of entries) {
        this.#filter.add(key)
        this.#put.run(key, JSON.stringify(value))
      }
    })
  }

  get(key: string): T | undefined {
    if (!this.#filter.mayHave(key)) return undefined
    const value = onDisk(() => this.#get.get(key) as string | undefined)
    return value === undefined ? undefined : (JSON.parse(value) as T)
  }

  has(key: string): boolean {
    return this.#filter.mayHave(key) && onDisk(() => this.#position.get(key)) !== undefined
  }

  delete(key: string): void {
    onDisk(() => this.#delete.run(key))
  }

  get isEmpty(): boolean {
    return onDisk(() => this.#any.get()) === undefined
  }

  count(): number {
    return onDisk(() => this.#count.get() as number)
  }

  *after(key: string | undefined): Generator<Found<T>> {
    let last = key === undefined ? 0 : onDisk(() => this.#position.get(key) as number)
    for (;;) {
      const page = onDisk(() => this.#inOrder.all(last) as Stored[])
      for (const one of page) yield found(one)
      const end = page.at(-1)
      if (!end) return
      last = end.position
    }
  }

  /** In the order of the keys, without the two that are given. */
  between(first: string, end: string, most: number): Found<T>[] {
    return onDisk(() => this.#between.all(first, end, most) as Stored[]).map((one) => found<T>(one))
  }
}
