/** What the rules of a kind get to know of an operation that is taken back. */
import type { Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Permission } from '../access.ts'
import type { MutationContext } from '../context.ts'
import type { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { RecordTable, RowOf } from './kind.ts'

/** A record as it is, and as it was before the operation. */
export interface Pair<T extends RecordTable> {
  before: RowOf<T>
  after: RowOf<T>
}

export interface Undoing {
  tx: Transaction
  ctx: MutationContext
  /** When the operation was made. */
  at: Date
  /** The records of a kind that it changed. */
  pairs<T extends RecordTable>(kind: { entity: JournalEntity; table: T }): Pair<T>[]
  /** Whether the record is among those that are taken back. */
  isReverted(id: string): boolean
  /** Of these records, those that differ from what they were after the operation. */
  newer(entity: JournalEntity, ids: Iterable<string>): Promise<Set<string>>
  /** `undo.changed`, with these records in the way. */
  changed(records: readonly { entity: JournalEntity; id: string }[]): Promise<DomainError>
}

export interface UndoRules {
  /** What one must be allowed to take such a change back. */
  permission: Permission
  /** Before the records are written back: throws where they must not be, answers what gave way to them. */
  before?(undoing: Undoing): Promise<Change[]>
  /** Once they are written back: throws where they must not stay, answers what follows. */
  after?(undoing: Undoing): Promise<Change[]>
}
