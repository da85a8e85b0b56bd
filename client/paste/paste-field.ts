import type { Words } from '../messages/catalog.ts'
import { area } from '../messages/languages.ts'
import type { NameOrder } from '../people.ts'
import type { HeadField } from './guess-fields.ts'

export const pasteWords = area('paste')
export type PasteWords = Words['paste']

/** What a cell says, in the form's fields; or what is wrong with it. */
export type Read = { values: Record<string, unknown> } | { problem: string }

export interface PasteField extends HeadField {
  /** The fields of the form that it fills. */
  fills: readonly string[]
  /** Dates such as 07/08/2015 can stand in it. */
  isDay?: boolean
  /** Its cells hold a name, which may be in capitals. */
  isName?: boolean
  /** Several names stand in a cell, in an order that the column has. */
  hasOrder?: boolean
  /** What was read, where the cell shows it otherwise. */
  echo?(values: Readonly<Record<string, unknown>>): string
  /** How many records its cells can name: a row is checked again once they are here. */
  known?: number
  /** What a list's file says of the record in such a column. */
  written?(record: never): string
  read(cell: string, order?: NameOrder): Read
}
