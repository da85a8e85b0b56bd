/** A new column or table is filled for older rows after the step that added it, beside the writes of people. */
import type { Column, SQL } from 'drizzle-orm'
import { and, asc, count, eq, gt, inArray } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import type * as schema from '../../db/schema/index.ts'
import { canonical } from '../canonical.ts'
import { grouped } from '../grouped.ts'

export interface Batch {
  filled: number
  /** The last row that was looked at; null where the school has no further one. */
  after: string | null
}

export interface Backfill {
  /** It stays: the register remembers by it what is filled, and migration files name it. */
  name: string
  /** The step that made room. A server that does not know it writes rows that are to be filled. */
  since: string
  /** How many rows of the school are still to be filled. It may stop anywhere, and its answer is then of no use. */
  left(db: Database, schoolId: number, isStopped: () => boolean): Promise<number>
  /** Looks at `size` rows beyond `after`, in a transaction that holds the school's lock. '' is before all rows. */
  fill(tx: Transaction, schoolId: number, after: string, size: number): Promise<Batch>
}

type Tables = typeof schema
type Fillable<T> = T extends { schoolId: Column; id: Column; $inferSelect: { id: string } } ? T : never
export type FillableTable = { [Name in keyof Tables]: Fillable<Tables[Name]> }[keyof Tables]
type Settled = 'schoolId' | 'id' | 'version' | 'archivedAt'
type Row<T extends FillableTable> = T['$inferSelect']

type Answers<T extends FillableTable, K extends keyof Row<T>> = readonly Pick<Row<T>, K>[]

export interface ColumnFill<T extends FillableTable, K extends Exclude<keyof Row<T>, Settled>> {
  name: string
  since: string
  table: T
  columns: readonly K[]
  /** What is true of a row that is not filled yet, and no longer once it is: `isNull(students.house)`. */
  isLeft: SQL
  /** An expression over the row, which is one statement a batch; or a function with an answer for each row, in their order. */
  values: Record<K, SQL> | ((rows: readonly Row<T>[], tx: Reader) => Answers<T, K> | Promise<Answers<T, K>>)
}

type AnyTable = typeof schema.rooms
const firstId = '00000000-0000-0000-0000-000000000000'

/** It writes these columns alone: no version, no entry in the journal, nothing that a listener hears of. */
export function columnFill<T extends FillableTable, K extends Exclude<keyof Row<T>, Settled>>(
  fill: ColumnFill<T, K>,
): Backfill {
  // Drizzle can not type a query on any table: as one of them, only the columns that all have are used.
  const table = fill.table as unknown as AnyTable
  const leftOf = (schoolId: number, more?: SQL) => and(eq(table.schoolId, schoolId), fill.isLeft, more)
  const own = new Set<string>(fill.columns as readonly string[])
  const ownOf = (answer: object) => Object.fromEntries(Object.entries(answer).filter(([key]) => own.has(key)))

  async function write(tx: Transaction, schoolId: number, rows: readonly Row<T>[]): Promise<void> {
    const { values } = fill
    const answers = typeof values === 'function' ? await values(rows, tx) : rows.map(() => values)
    const pairs = rows.map(({ id }, index) => ({ id, set: ownOf(answers[index] ?? {}) }))
    const alike = typeof values === 'function' ? grouped(pairs, ({ set }) => canonical(set)) : new Map([['', pairs]])
    for (const same of alike.values()) {
      const ids = same.map(({ id }) => id)
      await tx
        .update(table)
        .set(same[0]?.set ?? {})
        .where(leftOf(schoolId, inArray(table.id, ids)))
    }
  }

  return {
    name: fill.name,
    since: fill.since,
    async left(db, schoolId) {
      const [found] = await db.select({ rows: count() }).from(table).where(leftOf(schoolId))
      return found?.rows ?? 0
    },
    async fill(tx, schoolId, after, size) {
      const rows = (await tx
        .select()
        .from(table)
        .where(leftOf(schoolId, gt(table.id, after || firstId)))
        .orderBy(asc(table.id))
        .limit(size)) as Row<T>[]
      if (rows.length) await write(tx, schoolId, rows)
      return { filled: rows.length, after: rows.length < size ? null : (rows.at(-1)?.id ?? null) }
    },
  }
}
