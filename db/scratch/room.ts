import type BetterSqlite from 'better-sqlite3'

export interface Store {
  readonly bytes: number
  spill(): void
}
export interface Room {
  readonly client: BetterSqlite.Database
  weigh(bytes: number): void
}
