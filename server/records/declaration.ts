/** What a kind of record says of itself, once: all that looks across kinds is derived from it. */
import type { Column } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Permission } from '../access.ts'
import type { MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import type { MergeOf } from './merging.ts'
import type { Naming } from './naming.ts'
import type { UndoRules } from './undoing.ts'

/** Who sees a field of a record they may read: everybody, nobody, or who has the permission. */
export type Sight = 'all' | 'none' | Permission

/** What erasing a person makes of a field: it is kept, or holds this from then on. */
export type Fate<V> = 'kept' | { becomes: V }

/** What merging two records makes of a field of the one that stays. */
export type MergeFate =
  /** It can be chosen from either record. */
  | 'chosen'
  /** The record that stays keeps its own. */
  | 'stays'
  /** The merge writes it itself: see `merge/fields.ts`. */
  | 'written'

/** What keeps a record from being archived unasked. */
export interface InUse {
  entity: JournalEntity
  count: number
  /** A few of them, for people to know what is meant. */
  names: string[]
}
/** Where the referring rows are. */
export interface Referring<T extends RecordTable> {
  kind: KindCore<T>
  column: Column
}
/** What becomes of the rows that refer to records which are archived. */
export interface WhenArchived<T extends RecordTable> {
  /** What of them is in use. `ids` are at most 1,000 archived records. */
  inUse(tx: Transaction, ctx: MutationContext, ids: readonly string[], of: Referring<T>): Promise<InUse>
  /** Ends it; where it is missing, people can only keep it as it is. */
  end?(tx: Transaction, ctx: MutationContext, ids: readonly string[], of: Referring<T>): Promise<Change[]>
}

/** The kinds that others refer to. */
export type Referred = { [E in JournalEntity]: `${E}.not_found` extends Reason ? E : never }[JournalEntity]
type People = 'student' | 'guardian' | 'instructor'
/** What erasing a person makes of a row that refers to them. */
export type WhenErased =
  /** The row says nothing of the person. */
  | 'kept'
  | 'deleted'
  /** The row stays, with the fates of its fields. */
  | 'blanked'
  /** Only this field is emptied, and the row's history stays. */
  | 'forgotten'

interface Refers<T extends RecordTable> {
  to: Referred
  /** The row belongs to that record: to its history, and to those who hear of it. */
  owns?: true
  /** `stays`: the row is no reason to ask, and goes on as it is. */
  whenArchived: 'stays' | WhenArchived<T>
}
type ReferTo<T extends RecordTable> =
  | (Refers<T> & { to: Exclude<Referred, People> })
  | (Refers<T> & { to: Exclude<People, 'student'>; whenErased: WhenErased })
  | (Refers<T> & { to: 'student'; whenErased: WhenErased; whenMerged: 'kept' | MergeOf<T> })

/** Columns that follow from others or say where the row is: nobody is told of them. */
type Untold = 'schoolId' | 'id' | 'version' | 'sortName' | 'searchText'
/** A column of such a name refers to a record of the school, but for the ids of accounts and of other systems. */
type Reference<Name, T extends RecordTable> = Name extends 'sourcedId' | 'userId'
  ? unknown
  : Name extends `${string}Id`
    ? { readonly refers: ReferTo<T> }
    : unknown
/** What a kind must decide of each field, beyond who sees it. */
export type Decides = 'erased' | 'merged'

export type Field<T extends RecordTable, Name, V, D extends Decides> = {
  readonly sees: Sight
} & ('erased' extends D ? { readonly erased: Fate<V> } : unknown) &
  ('merged' extends D ? { readonly merged: MergeFate } : unknown) &
  Reference<Name, T>

export type Fields<T extends RecordTable, D extends Decides> = {
  readonly [Name in Exclude<keyof T['$inferSelect'] & string, Untold>]: Field<T, Name, T['$inferSelect'][Name], D>
}

/** Nobody takes changes of such a record back. */
export interface NoUndo {
  because: Reason
  /** By procedure, where there is a better reason. */
  procedures?: Readonly<Record<string, Reason>>
}

export interface Told {
  entity: JournalEntity
  /** Who reads such a record, hears of its changes, and sees that it was changed. */
  read: Permission
  /** Whoever may read such records reads all of them; otherwise an instructor hears only of what belongs to their own. */
  isSchoolWide?: true
  /** What a person keeps for themselves: nobody else hears of it, and it is no part of the school's history. */
  isPrivate?: true
  /** How it is called; none has no name. */
  naming: Naming | null
  /** Who may take a change back, and what must be true then. */
  undo: UndoRules | NoUndo
  fields: Readonly<Record<string, AnyField | undefined>>
}

/** The declaration of a kind: every field is decided on, or it does not compile. */
export interface Kind<T extends RecordTable, D extends Decides = never> extends KindCore<T>, Omit<Told, 'fields'> {
  fields: Fields<T, D>
  /** What follows once rows were written by others: an undo, an erasure, a merge. */
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<T>[]): Promise<Change[]>
}

/** Any kind, for those who look at all of them. */
export interface AnyKind extends KindCore<RecordTable>, Told {
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<RecordTable>[]): Promise<Change[]>
}
export interface AnyField {
  sees: Sight
  erased?: Fate<unknown>
  merged?: MergeFate
  refers?: Refers<RecordTable> & { whenErased?: WhenErased; whenMerged?: 'kept' | MergeOf<RecordTable> }
}
/** What the list of kinds holds: `kind` itself, seen as any. */
export const anyKind = <T extends RecordTable>(kind: Kind<T>): AnyKind => kind as unknown as AnyKind

export const isUndoable = (undo: UndoRules | NoUndo): undo is UndoRules => 'permission' in undo

/** The fields that an erasure writes into a row. */
export const erasedFields = (fields: AnyKind['fields']): FieldsOf<RecordTable> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field?.erased && field.erased !== 'kept' ? [[name, field.erased.becomes]] : [],
    ),
  )
