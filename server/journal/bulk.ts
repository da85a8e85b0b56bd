import { setImmediate as breathe } from 'node:timers/promises'
import type { Transaction } from '../../db/database.ts'
import type { Head, PreparedEntry } from './append.ts'
import { append, appendPrepared, beginOperation } from './append.ts'
import type { Change, NewOperation } from './entry.ts'

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

  async tell(changes: readonly Change[]): Promise<void> {
    this.#head = await append(this.tx, this.schoolId, this.#head, changes)
    await breathe()
  }

  async #tellPrepared(entries: readonly PreparedEntry[]): Promise<void> {
    this.#head = await appendPrepared(this.tx, this.schoolId, this.#head, entries)
  }

  /** Each batch is written while the one before it is journaled, so that the database never waits. */
  async write<T>(items: Iterable<T>, write: (batch: T[]) => Promise<Change[]>): Promise<void> {
    let journaled: Promise<void> = Promise.resolve()
    for (const batch of inBatches(items)) {
      const [changes] = await Promise.all([write(batch), journaled])
      journaled = this.tell(changes)
    }
    await journaled
  }

  async writePrepared<T extends { entries: PreparedEntry[] }>(
    batches: Iterable<T>,
    write: (batch: T) => Promise<void>,
  ): Promise<void> {
    let journaled: Promise<void> = Promise.resolve()
    for (const batch of batches) {
      await Promise.all([write(batch), journaled])
      journaled = this.#tellPrepared(batch.entries)
    }
    await journaled
  }
}
