import type { Transaction } from '../../db/database.ts'
import type { studentAddresses } from '../../db/schema/index.ts'
import type { Context, MutationContext } from '../context.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import { rowsWith } from '../records/kind.ts'
import type { Edit } from '../records/write.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { AddressInput } from './input.ts'
import { studentAddressKind } from './kind.ts'

export const isEmptyAddress = ({ kind: _, ...lines }: AddressInput) => Object.values(lines).every((line) => !line)

/** By student: an address replaces the one of its kind; an empty one archives it. */
export async function writeAddresses(
  tx: Transaction,
  { school, now }: Pick<MutationContext, 'school' | 'now'>,
  wanted: ReadonlyMap<string, readonly AddressInput[]>,
): Promise<Change[]> {
  const keyOf = (studentId: string, kind: string) => `${studentId} ${kind}`
  const rows = await rowsWith(tx, studentAddressKind, school.id, 'studentId', wanted.keys())
  const current = new Map(
    rows.flatMap((row) => (row.archivedAt ? [] : [[keyOf(row.studentId, row.kind), row] as const])),
  )
  const all = [...wanted].flatMap(([studentId, addresses]) =>
    [...new Map(addresses.map((address) => [address.kind, address])).values()].map((address) => ({
      address,
      studentId,
      before: current.get(keyOf(studentId, address.kind)),
    })),
  )
  const edits = all.flatMap(({ address, before }): Edit<typeof studentAddresses>[] =>
    before ? [{ before, fields: isEmptyAddress(address) ? { archivedAt: now } : address }] : [],
  )
  const added = all.filter(({ address, before }) => !before && !isEmptyAddress(address))
  return [
    ...(await replaceRows(tx, studentAddressKind, edits)),
    ...(await addRows(
      tx,
      studentAddressKind,
      school.id,
      added.map(({ address, studentId }) => ({ ...address, studentId })),
    )),
  ]
}

const shown = ({ kind, street, city, region, postalCode, country }: typeof studentAddresses.$inferSelect) => ({
  kind,
  street,
  city,
  region,
  postalCode,
  country,
})

/** The addresses of these students, by the id of one. */
export async function addressesOf({ db, school }: Pick<Context, 'db' | 'school'>, ids: readonly string[]) {
  const rows = await rowsWith(db, studentAddressKind, school.id, 'studentId', ids)
  const found = grouped(
    rows.filter(({ archivedAt }) => !archivedAt),
    ({ studentId }) => studentId,
  )
  return (id: string) => (found.get(id) ?? []).map(shown)
}
