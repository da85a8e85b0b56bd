import type BetterSqlite from 'better-sqlite3'

export interface Store {
  /** About so many bytes of it are in memory. */
  readonly bytes: number
  /** Writes out what is in memory. */
  spill(): void
}
export interface Room {
  readonly client: BetterSqlite.Database
  weigh(bytes: number): void
}
