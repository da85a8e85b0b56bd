import type { Words } from '../messages/catalog.ts'
import { area } from '../messages/languages.ts'
import type { FormShape, FormValues } from '../records/form-shape.ts'
import type { AnyRecord, RecordKind } from '../records/record-kind.ts'
import type { CellReads } from './cell-reads.ts'
import type { HeadField } from './guess-fields.ts'

export const pasteWords = area('paste')
export type PasteWords = Words['paste']

/** What a cell says, in the form's fields; or what is wrong with it. */
export type Read = { values: Record<string, unknown> } | { problem: string }

/** What a pasted column can be. */
export interface PasteField extends HeadField {
  /** The fields of the form that it fills. */
  fills: readonly string[]
  /** Dates such as 07/08/2015 can stand in it. */
  isDay?: boolean
  /** How many records its cells can name: a row is checked again once they are here. */
  known?: number
  read(cell: string): Read
}

/** What is pasted: a row becomes a form of the kind, and is checked by the form's own rules. */
export interface PasteKind<R extends AnyRecord, V extends FormValues> {
  kind: RecordKind<R>
  shape: FormShape<R, V>
  /** The fields that columns can be, in their order. */
  useFields(reads: CellReads): PasteField[]
}
/** Whichever kind it is: what these functions use is the same in all. */
export type AnyPasteKind = PasteKind<AnyRecord, FormValues>
