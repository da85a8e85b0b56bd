/** Everything that looks across kinds is derived from what each kind declares here. */
import type { Column } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Permission } from '../access.ts'
import type { MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, KindCore, RecordTable, RowOf } from './kind.ts'
import type { MergeOf } from './merging.ts'
import type { Naming } from './naming.ts'
import type { UndoRules } from './undoing.ts'

export type Sight = 'all' | 'none' | Permission

export type Fate<V> = 'kept' | { becomes: V }

export type MergeFate = 'chosen' | 'stays' | 'written'

export interface InUse<Said extends JournalEntity = JournalEntity> {
  entity: Said
  count: number
  names: string[]
}
export interface Referring<T extends RecordTable> {
  kind: KindCore<T>
  column: Column
}
/** `Said` is what people are told of instead of the row itself: of a student, not of her link to a guardian. */
export interface WhenArchived<T extends RecordTable, Said extends JournalEntity = JournalEntity> {
  /** `ids` are at most 1,000 archived records. */
  inUse(tx: Transaction, ctx: MutationContext, ids: readonly string[], of: Referring<T>): Promise<InUse<Said>>
  /** Where it is missing, people can only keep the dependents. */
  end?(tx: Transaction, ctx: MutationContext, ids: readonly string[], of: Referring<T>): Promise<Change[]>
}

export type Referred = { [E in JournalEntity]: `${E}.not_found` extends Reason ? E : never }[JournalEntity]
type People = 'student' | 'guardian' | 'instructor'
/** A blanked row gets the fates of its fields; a forgotten one loses only the field that names the person. */
export type WhenErased = 'kept' | 'deleted' | 'blanked' | 'forgotten'

interface Refers<T extends RecordTable> {
  to: Referred
  /** The row belongs to the history of that record, and its listeners hear of it. */
  owns?: true
  whenArchived: 'stays' | WhenArchived<T>
}
type ReferTo<T extends RecordTable> =
  | (Refers<T> & { to: Exclude<Referred, People> })
  | (Refers<T> & { to: Exclude<People, 'student'>; whenErased: WhenErased })
  | (Refers<T> & { to: 'student'; whenErased: WhenErased; whenMerged: 'kept' | MergeOf<T> })

/** Columns that are derived, or that say where the row is, are shown to nobody. */
type Untold = 'schoolId' | 'id' | 'version' | 'sortName' | 'searchText' | 'numberOrder'
/** A column of such a name refers to a record, but for ids of accounts and of other systems. */
type Reference<Name, T extends RecordTable> = Name extends 'sourcedId' | 'userId'
  ? unknown
  : Name extends `${string}Id`
    ? { readonly refers: ReferTo<T> }
    : unknown
export type Decides = 'erased' | 'merged'

export type Field<T extends RecordTable, Name, V, D extends Decides> = {
  readonly sees: Sight
} & ('erased' extends D ? { readonly erased: Fate<V> } : unknown) &
  ('merged' extends D ? { readonly merged: MergeFate } : unknown) &
  Reference<Name, T>

export type Fields<T extends RecordTable, D extends Decides> = {
  readonly [Name in Exclude<keyof T['$inferSelect'] & string, Untold>]: Field<T, Name, T['$inferSelect'][Name], D>
}

export interface NoUndo {
  because: Reason
  procedures?: Readonly<Record<string, Reason>>
}

export interface Told {
  entity: JournalEntity
  /** Who reads such a record and hears of its changes. */
  read: Permission
  /** An instructor too reads all of them; otherwise only those of their own students and classes. */
  isSchoolWide?: true
  /** The master timetable shows all of them, so whoever reads it hears of their changes. */
  isOnTimetable?: true
  /** Nobody but its owner hears of it, and it is in no history. */
  isPrivate?: true
  naming: Naming | null
  undo: UndoRules | NoUndo
  fields: Readonly<Record<string, AnyField | undefined>>
}

export interface Kind<T extends RecordTable, D extends Decides = never> extends KindCore<T>, Omit<Told, 'fields'> {
  fields: Fields<T, D>
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<T>[]): Promise<Change[]>
  follow?(tx: Transaction, ctx: Pick<MutationContext, 'school' | 'now'>, changes: readonly Change[]): Promise<Change[]>
  /** By id: what the register holds of that which entries tell beside the columns, where no other school may tell of it too. */
  beside?(tx: Reader, rows: readonly RowOf<T>[]): Promise<ReadonlyMap<string, object>>
}

export interface AnyKind extends KindCore<RecordTable>, Told {
  settle?(tx: Transaction, ctx: MutationContext, rows: readonly RowOf<RecordTable>[]): Promise<Change[]>
  beside?(tx: Reader, rows: readonly RowOf<RecordTable>[]): Promise<ReadonlyMap<string, object>>
}
export interface AnyField {
  sees: Sight
  erased?: Fate<unknown>
  merged?: MergeFate
  refers?: Refers<RecordTable> & { whenErased?: WhenErased; whenMerged?: 'kept' | MergeOf<RecordTable> }
}
export const isUndoable = (undo: UndoRules | NoUndo): undo is UndoRules => 'permission' in undo

export const erasedFields = (fields: AnyKind['fields']): FieldsOf<RecordTable> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field?.erased && field.erased !== 'kept' ? [[name, field.erased.becomes]] : [],
    ),
  )
