import type BetterSqlite from 'better-sqlite3'

export interface Store {
  readonly bytes: number
  spill(): void
}
export interface Room {
  readonly client: BetterSqlite.Database
  weigh(bytes: number): void
}

export class Weighed {
  protected readonly room: Room
  protected readonly table: string
  bytes = 0

  constructor(room: Room, table: string) {
    this.room = room
    this.table = table
  }

  protected weigh(bytes: number): void {
    this.bytes += bytes
    this.room.weigh(bytes)
  }
}
