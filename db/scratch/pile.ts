import type BetterSqlite from 'better-sqlite3'
import { onDisk } from './on-disk.ts'
import type { Store } from './room.ts'
import { Weighed } from './room.ts'
import { weightOf } from './weight.ts'

interface Ranked<T> {
  rank: number
  value: T
}
interface Laid {
  rank: number
  position: number
  value: string
}

class PileOnDisk<T> {
  readonly #add: BetterSqlite.Statement
  readonly #next: BetterSqlite.Statement
  readonly #clear: BetterSqlite.Statement

  constructor(client: BetterSqlite.Database, table: string) {
    client.exec(`create table "${table}" (position integer primary key, rank integer not null, value text not null)`)
    client.exec(`create index "${table} rank" on "${table}" (rank, position)`)
    this.#add = client.prepare(`insert into "${table}" (rank, value) values (?, ?)`)
    this.#next = client.prepare(
      `select rank, position, value from "${table}" where (rank, position) > (?, ?) order by rank, position limit 1`,
    )
    this.#clear = client.prepare(`delete from "${table}"`)
  }

  add({ rank, value }: Ranked<T>): void {
    onDisk(() => this.#add.run(rank, JSON.stringify(value)))
  }

  *[Symbol.iterator](): Generator<T> {
    let last = { rank: -1, position: 0 }
    for (;;) {
      const next = onDisk(() => this.#next.get(last.rank, last.position) as Laid | undefined)
      if (!next) return
      last = next
      yield JSON.parse(next.value) as T
    }
  }

  clear(): void {
    onDisk(() => this.#clear.run())
  }
}

export class Pile<T> extends Weighed implements Store {
  #near: Ranked<T>[] = []
  #disk: PileOnDisk<T> | undefined
  #isOnDisk = false

  spill(): void {
    this.#disk ??= new PileOnDisk<T>(this.room.client, this.table)
    this.#isOnDisk = true
    for (const one of this.#near.splice(0)) this.#disk.add(one)
    this.weigh(-this.bytes)
  }

  add(rank: number, value: T): void {
    this.#near.push({ rank, value })
    this.weigh(weightOf(value))
  }

  *[Symbol.iterator](): Generator<T> {
    if (this.#isOnDisk && this.#disk) {
      this.spill()
      yield* this.#disk
    } else for (const { value } of this.#near.toSorted((one, other) => one.rank - other.rank)) yield value
  }

  get isEmpty(): boolean {
    return this.#near.length === 0 && !this.#isOnDisk
  }

  clear(): void {
    this.#near = []
    this.weigh(-this.bytes)
    if (this.#isOnDisk) this.#disk?.clear()
    this.#isOnDisk = false
  }
}
