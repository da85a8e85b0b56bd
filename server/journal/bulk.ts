import { setImmediate as breathe } from 'node:timers/promises'
import { getTableColumns, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { rooms } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Head } from './append.ts'
import { append, beginOperation } from './append.ts'
import type { Change, NewOperation } from './entry.ts'

/** A kind of record, as far as writing its rows needs it. */
export interface JournaledKind {
  entity: JournalEntity
  table: object
}
const tableOf = ({ table }: JournaledKind) => table as typeof rooms

const rowsAtOnce = 500

export function* inBatches<T>(items: Iterable<T>, size = rowsAtOnce): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length) yield batch
}

/** Every column but the key takes the value of the row that came in. */
const overwrite = (kind: JournaledKind) =>
  Object.fromEntries(
    Object.entries(getTableColumns(tableOf(kind)))
      .filter(([key]) => key !== 'schoolId' && key !== 'id')
      .map(([key, column]) => [key, sql.raw(`excluded."${column.name}"`)]),
  )

/**
 * One operation that writes very many records: for imports and demo data. Rows are whole, as they are to stand in the
 * table; each gets its journal entry. The transaction holds the school's lock.
 */
export class Bulk {
  readonly tx: Transaction
  readonly schoolId: number
  #head: Head

  private constructor(tx: Transaction, schoolId: number, head: Head) {
    this.tx = tx
    this.schoolId = schoolId
    this.#head = head
  }

  static async begin(tx: Transaction, schoolId: number, operation: NewOperation): Promise<Bulk> {
    const head = await beginOperation(tx, schoolId, operation)
    if (!head) throw new Error('an operation of this id has been made before')
    return new Bulk(tx, schoolId, head)
  }

  /** Journals what is written already. */
  async tell(changes: readonly Change[]): Promise<void> {
    this.#head = await append(this.tx, this.schoolId, this.#head, changes)
    await breathe()
  }

  /** Each batch is written while the one before it is journaled: the database works while the next entries are made. */
  async #write<T>(
    items: Iterable<T>,
    write: (batch: T[]) => PromiseLike<unknown>,
    told: (item: T) => Change,
  ): Promise<void> {
    let journaled: Promise<void> = Promise.resolve()
    for (const batch of inBatches(items)) {
      await Promise.all([write(batch), journaled])
      journaled = this.tell(batch.map(told))
    }
    await journaled
  }

  create(kind: JournaledKind, rows: Iterable<Change['after']>): Promise<void> {
    const { entity } = kind
    const table = tableOf(kind)
    return this.#write(
      rows,
      (batch) => this.tx.insert(table).values(batch as never),
      (after) => ({ entity, after }),
    )
  }

  /** Each row in `after` replaces the one of its id, `before`, whose version the caller has checked under the lock. */
  replace(kind: JournaledKind, changes: Iterable<Required<Pick<Change, 'before' | 'after'>>>): Promise<void> {
    const { entity } = kind
    const table = tableOf(kind)
    const conflict = { target: [table.schoolId, table.id], set: overwrite(kind) as never }
    return this.#write(
      changes,
      (batch) =>
        this.tx
          .insert(table)
          .values(batch.map(({ after }) => after) as never)
          .onConflictDoUpdate(conflict),
      (change) => ({ entity, ...change }),
    )
  }
}
