/** Kinds of records stand above the journal: kinds.ts hands in whose history an entry belongs to. */
import type { Transaction } from '../../db/database.ts'
import type { journalOwners } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Change } from './entry.ts'

export interface Owner {
  entity: JournalEntity
  id: string
}
export type OwnerRow = typeof journalOwners.$inferInsert

interface Owning {
  /** At least one, each once. */
  ownersOf(change: Change): Owner[]
  fillAbove(tx: Transaction, schoolId: number, number: number): Promise<void>
}
let declared: Owning | undefined
export const declareOwning = (owning: Owning): void => {
  declared = owning
}
const owning = (): Owning => {
  if (!declared) throw new Error('nothing says whose history an entry belongs to: import kinds.ts first')
  return declared
}

export const ownersOf = (change: Change): Owner[] => owning().ownersOf(change)

/** Entries that the release before wrote meanwhile get their owners before the next entry does. */
export async function closeGap(tx: Transaction, schoolId: number, owned: number, newest: number): Promise<void> {
  if (owned && owned < newest) await owning().fillAbove(tx, schoolId, owned)
}
