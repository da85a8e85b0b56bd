/** A job may need more rows than memory holds: so much of them stays in memory, the rest lies on disk. */
import type BetterSqlite from 'better-sqlite3'
import { temporaryDatabase } from './on-disk.ts'
import { Pile } from './pile.ts'
import type { Room, Store } from './room.ts'
import { Shelf } from './shelf.ts'

const inMemoryAtMost = 16 * 1024 * 1024

export class Scratch implements Room {
  readonly #most: number
  readonly #stores: Store[] = []
  #bytes = 0
  #client: BetterSqlite.Database | undefined

  constructor(most = inMemoryAtMost) {
    this.#most = most
  }

  get client(): BetterSqlite.Database {
    this.#client ??= temporaryDatabase()
    return this.#client
  }

  weigh(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#most && bytes > 0)
      this.#stores.reduce((one, other) => (other.bytes > one.bytes ? other : one)).spill()
  }

  shelf<T>(): Shelf<T> {
    const shelf = new Shelf<T>(this, `shelf ${this.#stores.length}`)
    this.#stores.push(shelf)
    return shelf
  }

  pile<T>(): Pile<T> {
    const pile = new Pile<T>(this, `pile ${this.#stores.length}`)
    this.#stores.push(pile)
    return pile
  }

  close(): void {
    this.#client?.close()
  }
}
