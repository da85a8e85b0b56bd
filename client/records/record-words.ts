import type { JournalEntity, RecordEntity } from '../../db/values.ts'
import type { DependentOf } from '../../server/kinds.ts'
import { area } from '../messages/languages.ts'

/** What is said of every kind alike. */
export const recordWords = area('records')

type ByField<Field extends string> = Readonly<Partial<Record<Field, string>>>

/** What a kind says in words of its own. `Field` is what its form has: a field without a label does not compile. */
export interface KindWords<Field extends string = string, Entity extends RecordEntity = never> {
  /** 'Rooms': the list, and the way back to it. */
  title: string
  add: string
  /** 'Somebody else saved this room first'. */
  conflict: string
  fields: Readonly<Record<Field, string>>
  /** By field: what to do when it is empty. */
  missing?: ByField<Field>
  /** By field: what to do when it holds what cannot be used. */
  wrong?: ByField<Field>
  /** What the codes of a closed list are called, by field. */
  codes?: Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>>
  /** Heads of a spreadsheet's columns that mean a field, beside its label. */
  heads?: Readonly<Partial<Record<Field | 'fullName', readonly string[]>>>
  /** 'Addresses': what a change touches that has no field of its own. */
  otherFields?: string
  inUse: InUseOf<Entity>
  many?: ManyWords<Field>
}

export interface ManyWords<Field extends string = string> {
  bar: string
  hint: string
  all: string
  /** 'Archive 12 rooms': over the question what is to become of others. */
  archive(count: number): string
  archived(count: number): string
  restored(count: number): string
  /** 'Nothing was changed: 12 rooms cannot be changed' */
  refused(count: number): string
  /** 'Set for 12 rooms:', and then what was set. */
  wasSet(count: number): string
  /** 'Set seats': the buttons, by field. */
  set?: ByField<Field>
  paste: string
  pasteTable: string
  /** 'Add 12 rooms and update 3': those that were pasted. */
  addPasted(added: number, changed: number): string
  addedPasted(added: number, changed: number): string
}

/** A kind whose list comes whole. */
export interface ListedWords<Field extends string = string, Entity extends RecordEntity = never>
  extends KindWords<Field, Entity> {
  many: ManyWords<Field>
  /** What else its own screens say. */
  [more: string]: unknown
  list: {
    archivedTitle: string
    /** A screen reader says it of the table: 'Rooms, one per row'. */
    table: string
    search: string
    searchHint: string
    noMatch: string
    noneYet: string
    noneYetHint: string
    noneForReaderHint: string
    noneArchived: string
    failed: string
  }
}

type Sentence = (count: number) => string
/** For each kind of dependent: '3 classes use this room'. A sentence for one of `Said` is not left out. */
export type DependentSentences<Said extends JournalEntity = never> = Record<Said, Sentence> &
  Partial<Record<JournalEntity, Sentence>>
export interface InUseWords<Said extends JournalEntity = never> {
  standing: DependentSentences<Said>
  /** Of so many that are archived: 'Archive and take the room away from them'; only where the server offers to end it. */
  end: Sentence | null
  /** When something else than archiving is meant. */
  instead?: string
}
type InUseOf<Entity extends RecordEntity> = [Entity] extends [never]
  ? InUseWords | null
  : [DependentOf<Entity>] extends [never]
    ? null
    : InUseWords<DependentOf<Entity>>
