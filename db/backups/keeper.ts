/** Copies of a whole database, and databases made from them. */
import type { Database } from '../database.ts'
import type { Census } from './census.ts'

/** A database that nobody serves, made from a copy. */
export interface Side {
  /** As DATABASE_URL would name it. */
  url: string
  /** For people: its file, or the name of the database. */
  name: string
  census(): Promise<Census>
  /** What the database itself finds wrong with it: broken pages, references to no row. */
  faults(): Promise<string[]>
  open(): Promise<Database>
  drop(): Promise<void>
}

export interface Copied {
  /** What the database held at that moment. */
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
  /** What a copy is called in its backup. */
  fileName: string
  /** For files that must not leave this machine unencrypted, and for databases made from them. Made when needed. */
  workFolder(): string
  /** Throws a sentence where there is no register to copy. */
  requireRegister(): Promise<void>
  /** Copies the database, as it is at one moment, into a new file, while others write. */
  copyTo(file: string): Promise<Copied>
  /** Makes a database of its own from a copy, and may take the file for it. `at` is an empty database for it, on PostgreSQL. */
  sideOf(file: string, at?: string): Promise<Side>
  /** The same where the database is to take the place of the one that DATABASE_URL names. */
  successorOf(file: string, at?: string): Promise<Side>
  /** Where `successorOf` wants the copy to lie. */
  successorFile(): string
  /** Throws a sentence while a server, or anybody else, has the database open. */
  refuseInUse(): Promise<void>
  /** Puts it in the place of the one that DATABASE_URL names, which is kept. */
  swap(side: Side): Promise<Swapped>
}
