import type { Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Permission } from '../access.ts'
import type { MutationContext } from '../context.ts'
import type { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { RecordTable, RowOf } from './kind.ts'

export interface Pair<T extends RecordTable> {
  before: RowOf<T>
  after: RowOf<T>
}

export interface Undoing {
  tx: Transaction
  ctx: MutationContext
  at: Date
  /** The records of a kind that the operation changed: as they are, and as they are to be. */
  pairs<T extends RecordTable>(kind: { entity: JournalEntity; table: T }): Pair<T>[]
  isReverted(id: string): boolean
  newer(entity: JournalEntity, ids: Iterable<string>): Promise<Set<string>>
  changed(records: readonly { entity: JournalEntity; id: string }[]): Promise<DomainError>
}

export interface UndoRules {
  permission: Permission
  /** Throws if the records must not be written back; returns the changes that made room for them. */
  before?(undoing: Undoing): Promise<Change[]>
  /** Throws if they must not stay as written back; returns the changes that follow. */
  after?(undoing: Undoing): Promise<Change[]>
}
