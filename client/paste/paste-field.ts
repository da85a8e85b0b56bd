import type { AddedByName } from '../../db/values.ts'
import type { Words } from '../messages/catalog.ts'
import { area } from '../messages/languages.ts'
import type { NameOrder } from '../people.ts'
import type { HeadField } from './guess-fields.ts'

export const pasteWords = area('paste')
export type PasteWords = Words['paste']

/** What a cell says, in the form's fields; or what is wrong with it. */
export type Read = { values: Record<string, unknown> } | { problem: string; unknown?: string }

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
  /** Its cells name records of this kind, which can be added by name. */
  to?: AddedByName
  /** Its cells belong together with those of other fields of this unit: where one differs from a record, all are sent. */
  unit?: string
  /** Whether a record has it already, where that is more than what its list writes. */
  isIn?(record: never, values: Readonly<Record<string, unknown>>): boolean
  /** How many records its cells can name: a row is checked again once they are here. */
  known?: number
  /** What a list's file says of the record in such a column. */
  written?(record: never): string
  read(cell: string, order?: NameOrder): Read
}
