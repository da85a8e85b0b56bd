/** This is the one handle on either database. A school's writes happen one at a time: what a transaction reads stays true. */
import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core'
import type { Commits } from './commits.ts'
import type { Condition } from './condition.ts'
import type { Fence } from './fence.ts'
import type { LoadFigure } from './load.ts'

export interface Nothing extends PgQueryResultHKT {
  type: unknown
}
export type Drizzle = PgDatabase<Nothing, Record<string, never>>

export type Reader = Pick<Drizzle, 'select' | 'selectDistinct' | '$count' | '$with' | 'with'> & {
  rows<T>(query: SQL): Promise<T[]>
}
/** JSON can hold it, and only the database that packed it can read it. */
export type Packed = string | unknown[][]
export type Part = readonly [table: PgTable, rows: readonly object[]]
export type Transaction = Reader &
  Pick<Drizzle, 'insert' | 'update' | 'delete'> & {
    /** Faster than `insert` for many rows. A missing column becomes null, not its default. Tables are written in their order. */
    insertAll(...parts: Part[]): Promise<void>
    replaceAll(table: PgTable, rows: readonly object[]): Promise<void>
    /** The same for rows that were packed before the lock was taken. Each goes into this school. */
    insertPacked(schoolId: number, table: PgTable, packed: Packed): Promise<void>
    replacePacked(schoolId: number, table: PgTable, packed: Packed): Promise<void>
  }

export type Work<T, R = unknown> = (tx: Transaction, opened: R[]) => Promise<T>

/** Whoever makes a school holds this lock, which no school has. */
export const register = 0
/** Tables that belong to no school need no lock: each change is one atomic statement. */
export const noSchool: readonly number[] = []

export interface Database extends Reader {
  readonly condition: Condition
  readonly commits: Commits
  /** Of a file, whose register may move; PostgreSQL has none. */
  readonly fence?: Fence
  pack(table: PgTable, rows: readonly object[]): Packed
  /** Commits all or nothing, under the schools' locks. `work` runs again after a deadlock or, for 5 s, a lost connection: it has no effects but through `tx`. Throws `ConstraintError`; `UnavailableError` after 5 s of waiting or 30 s of a statement. */
  transaction<T>(schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T>
  /** `opening` is sent with the locks, and `work` gets its rows; `late` fills its placeholders when the turn comes. */
  transaction<T, R>(
    schools: number | readonly number[],
    work: Work<T, R>,
    opening: SQL,
    late?: () => Record<string, unknown>,
  ): Promise<T>
  /** Other processes that wait get a turn between long writes: SQLite keeps no queue of them. */
  giveWay(): Promise<void>
  /** All reads see one moment. A snapshot holds no lock. */
  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T>
  /** Refreshes the planner's statistics after a bulk load: lists are slow until the database does that by itself. */
  optimize(): Promise<void>
  waiting(): number
  /** How many writes of schools waited how long for their turn, as `Durations`; null where one does not wait for all others. */
  waits(): readonly number[] | null
  load(): LoadFigure[]
  close(): Promise<void>
}
