import { randomBytes } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { journal, journalValues, operations } from '../../db/schema/index.ts'
import type { Change, Entry, Operation } from './entry.ts'
import { difference, hashOfEntry, hashOfValues, noValuesHash } from './entry.ts'
import { salted } from './input-hash.ts'

/** The end of a school's chain, number 0 before its first entry, and the operation that goes on from there. */
export interface Head {
  number: number
  hash: string
  /** As it is stored. */
  operation: Operation
}

/**
 * Writes the operation and answers the chain's head; undefined when an operation of this id is there already.
 * The school's lock is held, so the head stays the head until the transaction ends.
 */
export async function beginOperation(
  tx: Transaction,
  schoolId: number,
  operation: Operation,
): Promise<Head | undefined> {
  const stored = salted(operation)
  const last = sql`from ${journal} where ${journal.schoolId} = ${schoolId} order by ${journal.number} desc limit 1`
  const [begun] = await tx
    .insert(operations)
    .values({ schoolId, ...stored })
    .onConflictDoNothing()
    // One look at the chain's end: each costs others who wait for the school.
    .returning({ last: sql<string | null>`(select ${journal.number} || ' ' || ${journal.hash} ${last})` })
  const [number = 0, hash = ''] = begun?.last?.split(' ') ?? []
  return begun && { number: Number(number), hash, operation: stored }
}

const saltBytes = 16
/** As many rows as one statement carries: PostgreSQL allows 65,535 parameters, SQLite 32,766. */
const rowsAtOnce = 500

/** Numbers, chains and stores the changes in order; answers the new head. Of an erasure no values are kept. */
export async function append(tx: Transaction, schoolId: number, head: Head, changes: readonly Change[]): Promise<Head> {
  const { operation } = head
  let { number, hash } = head
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    const entries: (Entry & { hash: string })[] = []
    const values: { schoolId: number; number: number; salt: string; content: string }[] = []
    const batch = changes.slice(from, from + rowsAtOnce)
    const salts = randomBytes(saltBytes * batch.length).toString('hex')
    for (const [index, change] of batch.entries()) {
      const { fields, content } = difference(change)
      const salt = salts.slice(2 * saltBytes * index, 2 * saltBytes * (index + 1))
      const entry: Entry = {
        schoolId,
        number: ++number,
        operationId: operation.id,
        entity: change.entity,
        entityId: String(change.after.id),
        version: change.after.version,
        fields,
        valuesHash: change.isErasure ? noValuesHash : hashOfValues(salt, content),
      }
      hash = hashOfEntry(hash, operation, entry)
      entries.push({ ...entry, hash })
      if (!change.isErasure) values.push({ schoolId, number, salt, content })
    }
    await tx.insertAll([journal, entries], ...(values.length ? [[journalValues, values] as const] : []))
    if (from + rowsAtOnce < changes.length) await breathe()
  }
  return { number, hash, operation }
}
