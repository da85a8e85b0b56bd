/**
 * The one handle on either database.
 *
 * It reads; each read sees what is committed. Writes exist only on a `Transaction`. The writes of one school happen one
 * at a time: a transaction holds the lock of its schools from its first statement, so what it reads stays true until it ends.
 */
import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core'
import type { Condition } from './condition.ts'
import type { LoadFigure } from './load.ts'

/** A write without `returning` says nothing in either database. */
interface Nothing extends PgQueryResultHKT {
  type: unknown
}
export type Drizzle = PgDatabase<Nothing, Record<string, never>>

export type Reader = Pick<Drizzle, 'select' | 'selectDistinct' | '$count' | '$with' | 'with'> & {
  /** The rows of a hand-written query, as the driver gives them. */
  rows<T>(query: SQL): Promise<T[]>
}
/** Rows for a table. */
export type Part = readonly [table: PgTable, rows: readonly object[]]
export type Transaction = Reader &
  Pick<Drizzle, 'insert' | 'update' | 'delete'> & {
    /**
     * What `insert` does, quicker, for many rows that name every column: what is missing is null, not the default. Several
     * tables are written in their order, in one statement where the database allows.
     */
    insertAll(...parts: Part[]): Promise<void>
    /** The same for rows of a school that are there already: each takes the place of the one of its id. */
    replaceAll(table: PgTable, rows: readonly object[]): Promise<void>
  }

export type Work<T, R = unknown> = (tx: Transaction, opened: R[]) => Promise<T>

/** The lock for what stands above all schools: making a school. */
export const register = 0
/** For tables that belong to no school: no lock, and each change is a single atomic statement. */
export const noSchool: readonly number[] = []

export interface Database extends Reader {
  /** How it is doing. */
  readonly condition: Condition
  /**
   * Runs `work` with the locks of `schools`, taken in the order of their ids, and commits what it wrote, or nothing.
   * Its statements are awaited inside; a failed one ends the transaction whatever `work` does about it. `work` runs again
   * after a deadlock or, for 5 s, a connection lost before the commit, so it has no effects but through `tx`.
   * Throws `ConstraintError`, or `UnavailableError` after 5 s of waiting for a lock or a connection, or 30 s of one statement.
   */
  transaction<T>(schools: number | readonly number[], work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * `opening` goes to the database together with the locks, instead of after them; `work` gets its rows. What its
   * placeholders hold is asked for when its turn has come.
   */
  transaction<T, R>(
    schools: number | readonly number[],
    work: Work<T, R>,
    opening: SQL,
    late?: () => Record<string, unknown>,
  ): Promise<T>
  /** Several reads of one moment. Holds no lock. */
  snapshot<T>(work: (tx: Reader) => Promise<T>): Promise<T>
  /** Tells the query planner what a bulk load has changed; without it, lists are slow until the database notices itself. */
  optimize(): Promise<void>
  /** How many reads and writes wait for a connection at the moment. On SQLite, where each answers at once, none. */
  waiting(): number
  /** How much this process asks of it at the moment, and has since it was opened. */
  load(): LoadFigure[]
  /** Waits for what is under way, then lets go of every connection. */
  close(): Promise<void>
}
