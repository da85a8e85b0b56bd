import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { studentAddresses } from '../../db/schema/index.ts'
import type { Change } from '../journal/entry.ts'
import { rowsWhere } from '../records/kind.ts'
import type { Edit } from '../records/write.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { AddressInput } from './input.ts'
import { studentAddressKind } from './kind.ts'

interface Of {
  schoolId: number
  id: string
}

export const isEmptyAddress = ({ kind: _, ...lines }: AddressInput) => Object.values(lines).every((line) => !line)

/** An address replaces the one of its kind; an empty one archives it. */
export async function writeAddresses(
  tx: Transaction,
  { schoolId, id: studentId }: Of,
  addresses: readonly AddressInput[],
  now: Date,
): Promise<Change[]> {
  const inUse = and(eq(studentAddresses.studentId, studentId), isNull(studentAddresses.archivedAt))
  const current = new Map(
    (await rowsWhere(tx, studentAddressKind, schoolId, inUse)).map((address) => [address.kind, address]),
  )
  const wanted = [...new Map(addresses.map((address) => [address.kind, address])).values()]
  const edits = wanted.flatMap((address): Edit<typeof studentAddresses>[] => {
    const before = current.get(address.kind)
    return before ? [{ before, fields: isEmptyAddress(address) ? { archivedAt: now } : address }] : []
  })
  const added = wanted.filter((address) => !current.has(address.kind) && !isEmptyAddress(address))
  return [
    ...(await replaceRows(tx, studentAddressKind, edits)),
    ...(await addRows(
      tx,
      studentAddressKind,
      schoolId,
      added.map((address) => ({ ...address, studentId })),
    )),
  ]
}
