import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { studentAddresses } from '../../db/schema/index.ts'
import { canonical } from '../canonical.ts'
import type { Change } from '../journal/entry.ts'
import type { AddressInput } from './input.ts'

type AddressRow = typeof studentAddresses.$inferSelect
interface Of {
  schoolId: number
  id: string
}

export const isEmptyAddress = ({ kind: _, ...lines }: AddressInput) => Object.values(lines).every((line) => !line)

async function replace(tx: Transaction, before: AddressRow, fields: Partial<AddressRow>): Promise<Change[]> {
  if (canonical({ ...before, ...fields }) === canonical(before)) return []
  const [after] = await tx
    .update(studentAddresses)
    .set({ ...fields, version: before.version + 1 })
    .where(and(eq(studentAddresses.schoolId, before.schoolId), eq(studentAddresses.id, before.id)))
    .returning()
  return [{ entity: 'studentAddress', before, after: after as AddressRow }]
}

/** An address replaces the one of its kind; an empty one archives it. */
export async function writeAddresses(
  tx: Transaction,
  { schoolId, id }: Of,
  addresses: readonly AddressInput[],
  now: Date,
) {
  const changes: Change[] = []
  const current = await tx
    .select()
    .from(studentAddresses)
    .where(
      and(
        eq(studentAddresses.schoolId, schoolId),
        eq(studentAddresses.studentId, id),
        isNull(studentAddresses.archivedAt),
      ),
    )
  for (const address of addresses) {
    const before = current.find(({ kind }) => kind === address.kind)
    if (before) changes.push(...(await replace(tx, before, isEmptyAddress(address) ? { archivedAt: now } : address)))
    else if (!isEmptyAddress(address)) {
      const [after] = await tx
        .insert(studentAddresses)
        .values({ schoolId, studentId: id, ...address })
        .returning()
      changes.push({ entity: 'studentAddress', after: after as AddressRow })
    }
  }
  return changes
}
