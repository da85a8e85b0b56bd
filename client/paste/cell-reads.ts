import { email as emailInput } from '../../server/input.ts'
import type { Formats } from '../messages/formats.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { nameInFile, namesIn } from '../people.ts'
import type { Choice } from '../records/form-shape.ts'
import type { AnyRecord, RecordKind } from '../records/record-kind.ts'
import { useKindWords } from '../records/record-kind.ts'
import { plain } from './guess-fields.ts'
import type { PasteField, PasteWords } from './paste-field.ts'
import { pasteWords } from './paste-field.ts'
import type { DayOrder } from './read-day.ts'
import { isSerial, isUnclearDay, readDay } from './read-day.ts'

const isCalled = (cell: string) => (name: string | null | undefined) =>
  Boolean(name) && plain(name ?? '') === plain(cell)

/** The id of the one record that the cell names; else what is wrong. */
function namedIn(
  cell: string,
  rows: readonly Choice[],
  { problems }: PasteWords,
): { id: string } | { problem: string; unknown?: string } {
  const calling = (is: (name: string | null | undefined) => boolean) =>
    rows.filter(({ label, short = label, names = [short] }) => names.some(is))
  const exact = calling((name) => name === cell)
  const [one, other] = exact.length ? exact : calling(isCalled(cell))
  if (!one) return { problem: problems.unknown(cell), unknown: cell }
  return other ? { problem: problems.several(cell) } : { id: one.value }
}

function severalIn(cell: string, rows: readonly Choice[], words: PasteWords): { ids: string[] } | { problem: string } {
  const whole = namedIn(cell, rows, words)
  if ('id' in whole) return { ids: [whole.id] }
  const parts = cell.split(/[;,\n]/).flatMap((part) => part.trim() || [])
  const ids: string[] = []
  for (const part of parts) {
    const found = namedIn(part, rows, words)
    if ('problem' in found) return found
    ids.push(found.id)
  }
  return { ids }
}

type Written = Partial<Record<string, string | number | boolean | null>>
/** 'departmentName' of 'departmentId', 'courseTitle' of 'courseId'. */
const referredName = (name: string) => (record: Written) => {
  const base = name.replace(/Id$/, '')
  return String(record[`${base}Name`] ?? record[`${base}Title`] ?? '')
}

/** A field of this name whose cells are read as they stand. */
type TextField = (name: string) => PasteField

const valueReads = (
  text: TextField,
  { problems, yes, no }: PasteWords,
  { locale, date }: Pick<Formats, 'locale' | 'date'>,
  order: DayOrder | undefined,
) => ({
  email: (name: string): PasteField => ({
    ...text(name),
    looksLike: (cell) => /^\S+@\S+\.\S+$/.test(cell),
    read: (cell) => ({ values: { [name]: emailInput.safeParse(cell).data ?? cell } }),
  }),
  oneOf: (name: string, choices: readonly Choice[]): PasteField => ({
    ...text(name),
    read(cell) {
      const found = choices.find(({ value, label }) => [value, label].some(isCalled(cell)))
      return found
        ? { values: { [name]: found.value } }
        : { problem: `${problems.oneOf} ${choices.map(({ label }) => label).join(', ')}` }
    },
  }),
  flag: (name: string): PasteField => ({
    ...text(name),
    read(cell) {
      const isYes = yes.includes(plain(cell))
      return isYes || no.includes(plain(cell)) ? { values: { [name]: isYes } } : { problem: problems.flag }
    },
  }),
  day: (name: string): PasteField => ({
    ...text(name),
    isDay: true,
    looksLike: (cell) => isUnclearDay(cell) || (!isSerial(cell) && readDay(cell, locale, undefined) !== undefined),
    echo: (values) => date(String(values[name])),
    read(cell) {
      const day = readDay(cell, locale, order)
      if (day) return { values: { [name]: day } }
      return { problem: isUnclearDay(cell) && !order ? problems.unclearDay : problems.day }
    },
  }),
})

const recordReads = (text: TextField, words: PasteWords) => ({
  reference: (name: string, rows: readonly Choice[]): PasteField => ({
    ...text(name),
    known: rows.length,
    written: referredName(name),
    read(cell) {
      const found = namedIn(cell, rows, words)
      return 'problem' in found ? found : { values: { [name]: found.id } }
    },
  }),
  /** One or several, with semicolons or commas between them. */
  references: (name: string, rows: readonly Choice[]): PasteField => ({
    ...text(name),
    known: rows.length,
    read(cell) {
      const found = severalIn(cell, rows, words)
      return 'problem' in found ? found : { values: { [name]: found.ids } }
    },
  }),
})

const personNames = new Set(['givenName', 'familyName', 'middleName', 'preferredName'])
/** A spreadsheet's way of a long number, whose digits are lost: 7.7E+11. */
const shortened = /^\d(?:[.,]\d+)?E\+\d{2}$/i

/** How cells are read, for a kind to say which of its fields is what. */
export function useCellReads<R extends AnyRecord>(kind: RecordKind<R>, order: DayOrder | undefined) {
  const paste = useWords(pasteWords)
  const { fields, heads: known } = useKindWords(kind)
  const formats = useFormats()
  const heads: Partial<Record<string, readonly string[]>> = known ?? {}
  const text: TextField = (name) => ({
    name,
    label: fields[name] ?? name,
    heads: heads[name] ?? [],
    fills: [name],
    written: (record: Written) => String(record[name] ?? ''),
    ...(personNames.has(name) && { isName: true }),
    read: (cell) => (shortened.test(cell) ? { problem: paste.problems.shortened } : { values: { [name]: cell } }),
  })
  return {
    text,
    number: text,
    fullName: (): PasteField => ({
      ...text('fullName'),
      label: paste.fullName,
      fills: ['familyName', 'givenName'],
      written: nameInFile,
      isName: true,
      hasOrder: true,
      echo: ({ givenName, familyName }) => paste.names(String(givenName), String(familyName)),
      read: (cell, nameOrder) => ({ values: namesIn(cell, nameOrder) }),
    }),
    ...valueReads(text, paste, formats, order),
    ...recordReads(text, paste),
  }
}
export type CellReads = ReturnType<typeof useCellReads>
