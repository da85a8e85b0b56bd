import type { Database } from '../database.ts'
import type { Census } from './census.ts'

export interface Side {
  url: string
  name: string
  census(): Promise<Census>
  faults(): Promise<string[]>
  open(): Promise<Database>
  drop(): Promise<void>
}

export interface Copied {
  census: Census
  /** In ms: until the copy was whole and written out. */
  took: number
}

export interface Swapped {
  /** The name under which the old database is kept; undefined where there was none. */
  kept?: string
  /** Why the two could not change places: the new one stays where it is, and people name it in DATABASE_URL themselves. */
  instead?: string
}

export interface Keeper {
  database: 'sqlite' | 'postgresql'
  fileName: string
  workFolder(): string
  requireRegister(): Promise<void>
  copyTo(file: string): Promise<Copied>
  sideOf(file: string, at?: string): Promise<Side>
  successorOf(file: string, at?: string): Promise<Side>
  successorFile(): string
  refuseInUse(): Promise<void>
  /** Puts it in the place of the one that DATABASE_URL names, which is kept. */
  swap(side: Side): Promise<Swapped>
}
