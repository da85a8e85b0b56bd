import type { ManyWords } from '../../records/record-words.ts'
import type { Formats } from '../formats.ts'

/** What is said of many of a kind, in English: its name for one and for several is all that differs. */
export const manyOf = (
  { number, plural }: Pick<Formats, 'number' | 'plural'>,
  one: string,
  others: string,
): ManyWords => ({
  bar: `Selected ${others}`,
  hint: `Tap ${others} to select them`,
  all: `Select all ${others} of this list`,
  counted: (count) => plural(count, { one: `one ${one}`, other: `${number(count)} ${others}` }),
  paste: `Paste ${others}`,
  pasteTable: `Pasted rows, one per ${one}`,
})
