import type { ManyWords } from '../../records/record-words.ts'
import type { Formats } from '../formats.ts'

/** What is said of many of a kind, in English: its name for one and for several is all that differs. */
export const manyOf = ({ number, plural }: Pick<Formats, 'number' | 'plural'>, one: string, others: string) => {
  const counted = (count: number) => plural(count, { one: `one ${one}`, other: `${number(count)} ${others}` })
  return {
    bar: `Selected ${others}`,
    hint: `Tap ${others} to select them`,
    all: `Select all ${others} of this list`,
    archive: (count) => `Archive ${counted(count)}`,
    archived: (count) => `Archived ${counted(count)}`,
    restored: (count) => `Restored ${counted(count)}`,
    refused: (count) => `Nothing was changed: ${counted(count)} cannot be changed`,
    wasSet: (count) => `Set for ${counted(count)}:`,
    paste: `Paste ${others}`,
    pasteTable: `Pasted rows, one per ${one}`,
    addPasted: (count) => `Add ${counted(count)}`,
    addedPasted: (count) => `Added ${counted(count)}`,
  } satisfies ManyWords
}
