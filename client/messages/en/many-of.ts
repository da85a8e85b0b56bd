import type { ManyWords } from '../../records/record-words.ts'
import type { Formats } from '../formats.ts'

/** What is said of many of a kind, in English: its name for one and for several is all that differs. */
export const manyOf = ({ number, plural }: Pick<Formats, 'number' | 'plural'>, one: string, others: string) => {
  const counted = (count: number) => plural(count, { one: `one ${one}`, other: `${number(count)} ${others}` })
  const both = (added: number, changed: number, [add, change]: [string, string], also: string) =>
    added && changed
      ? `${add} ${counted(added)} and ${also} ${number(changed)}`
      : changed
        ? `${change} ${counted(changed)}`
        : `${add} ${counted(added)}`
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
    addPasted: (added, changed) => both(added, changed, ['Add', 'Update'], 'update'),
    addedPasted: (added, changed) => both(added, changed, ['Added', 'Updated'], 'updated'),
  } satisfies ManyWords
}
