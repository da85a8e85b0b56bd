/** What stands above all schools is chained as a school's entries are, under the lock that no school has. */
import { randomBytes } from 'node:crypto'
import { asc, desc, eq, gt } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { registerJournal } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Chained, Change, Operation } from './entry.ts'
import { difference, hashOfEntry, hashOfValues } from './entry.ts'
import { isInputOf, salted } from './input-hash.ts'

type Row = typeof registerJournal.$inferSelect
export interface RegisterChange extends Pick<Change, 'before' | 'after'> {
  entity: 'move' | 'flag'
}

const saltBytes = 16
const readAtOnce = 500

const operationOf = ({ operationId: id, actorId, way, procedure, inputHash, at }: Row): Operation => ({
  ...{ id, actorId, way, procedure, inputHash, at },
})
const chainedOf = ({ number, operationId, entity, entityId, version, fields, valuesHash }: Row): Chained => ({
  ...{ schoolId: register, number, operationId, entity, entityId, version, fields, valuesHash },
})

async function newest(tx: Reader): Promise<Row | undefined> {
  const [row] = await tx.select().from(registerJournal).orderBy(desc(registerJournal.number)).limit(1)
  return row
}

/** Throws `operation.key_reused` for another request under the same key. */
async function isRepeated(tx: Reader, { id, actorId, procedure, inputHash }: Operation): Promise<boolean> {
  const [row] = await tx.select().from(registerJournal).where(eq(registerJournal.operationId, id))
  if (!row) return false
  if (row.actorId === actorId && row.procedure === procedure && isInputOf(row, inputHash)) return true
  throw new DomainError('operation.key_reused')
}

async function append(tx: Transaction, operation: Operation, { entity, ...change }: RegisterChange): Promise<void> {
  const last = await newest(tx)
  const { fields, content } = difference(change)
  const salt = randomBytes(saltBytes).toString('hex')
  // No operation is stamped before the one it follows, also where the clocks of two machines differ.
  const at = new Date(Math.max(operation.at.getTime(), last?.at.getTime() ?? 0))
  const stored = { ...salted(operation), at }
  const entry: Chained = {
    ...{ schoolId: register, number: (last?.number ?? 0) + 1, operationId: operation.id },
    ...{ entity, entityId: String(change.after.id), version: change.after.version },
    ...{ fields, valuesHash: hashOfValues(salt, content) },
  }
  const { id: _id, ...told } = stored
  const { schoolId: _register, ...own } = entry
  const hash = hashOfEntry(last?.hash ?? '', stored, entry)
  await tx.insert(registerJournal).values({ ...told, ...own, hash, salt, content })
}

/** One transaction, one operation, one entry, or none where `write` changes nothing. The same request again changes nothing. */
export const mutateRegister = (
  db: Database,
  operation: Operation,
  write: (tx: Transaction) => Promise<RegisterChange | null>,
): Promise<void> =>
  db.transaction(register, async (tx) => {
    if (await isRepeated(tx, operation)) return
    const change = await write(tx)
    if (change) await append(tx, operation, change)
  })

export interface RegisterReport {
  entries: number
  /** `number:hash` of the last one; empty where none is. */
  head: string
  broken: { number: number; what: string } | null
}

function fault(row: Row, before: Row | undefined): string | undefined {
  const expected = (before?.number ?? 0) + 1
  if (row.number !== expected) return `entry ${expected} is missing`
  if (hashOfValues(row.salt, row.content) !== row.valuesHash) return 'its values are not those that were written'
  if (hashOfEntry(before?.hash ?? '', operationOf(row), chainedOf(row)) !== row.hash)
    return 'its hash does not follow from its content and the entry before it'
  return undefined
}

export async function verifyRegister(tx: Reader): Promise<RegisterReport> {
  let before: Row | undefined
  for (;;) {
    const rows: Row[] = await tx
      .select()
      .from(registerJournal)
      .where(gt(registerJournal.number, before?.number ?? 0))
      .orderBy(asc(registerJournal.number))
      .limit(readAtOnce)
    for (const row of rows) {
      const what = fault(row, before)
      if (what) return { entries: before?.number ?? 0, head: headOf(before), broken: { number: row.number, what } }
      before = row
    }
    if (rows.length < readAtOnce) return { entries: before?.number ?? 0, head: headOf(before), broken: null }
  }
}
const headOf = (row: Row | undefined): string => (row ? `${row.number}:${row.hash}` : '')
