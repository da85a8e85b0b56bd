import type { JournalEntity } from '../../db/values.ts'
import { area } from '../messages/languages.ts'

/** What is said of every kind alike. */
export const recordWords = area('records')

/** What a kind says in words of its own. */
export interface KindWords {
  /** 'Rooms': the list, and the way back to it. */
  title: string
  /** 'Add room': the button and the page. */
  add: string
  /** 'Somebody else saved this room first'. */
  conflict: string
  /** The form's labels, by field. */
  fields: Record<string, string>
  /** By field: what to do when it is empty. */
  missing?: Record<string, string>
  /** By field: what to do when it holds what cannot be used. */
  wrong?: Record<string, string>
  /** 'the addresses': what a change touches that has no field of its own. */
  otherFields?: string
  inUse?: InUseWords
  many?: ManyWords
}

/** What is said of many of a kind at once. */
export interface ManyWords {
  /** 'Selected rooms': for those who hear the bar. */
  bar: string
  /** 'Tap rooms to select them' */
  hint: string
  /** 'Select all rooms of this list' */
  all: string
  /** 'one room', '12 rooms' */
  counted(count: number): string
  /** 'Archive and take the rooms away from them', where it is said otherwise than of one. */
  end?: string
  /** 'Set seats': the buttons, by field. */
  set?: Record<string, string>
  /** 'Paste rooms': the page. */
  paste: string
  /** 'Pasted rows, one per room' */
  pasteTable: string
}

/** A kind whose list comes whole. */
export interface ListedWords extends KindWords {
  many: ManyWords
  /** What else its own screens say. */
  [more: string]: unknown
  list: {
    archivedTitle: string
    /** For those who hear the table: 'Rooms, one per row'. */
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

/** What the archiving of a record in use says and offers. */
export interface InUseWords {
  /** By what stands on the record: '3 classes use this room'. */
  standing: Partial<Record<JournalEntity, (count: number) => string>>
  /** 'Archive and take the room away from them'; only where the server offers to end it. */
  end?: string
}
