import type { Dispatch, SetStateAction } from 'react'
import { useMemo, useState } from 'react'
import type { Separator } from '../lists/csv.ts'
import { separatorOf } from '../lists/csv-separator.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import type { NameOrder } from '../people.ts'
import { useKindWords } from '../records/record-kind.ts'
import type { CheckedRow, PastedRow, Rules } from './check-rows.ts'
import { checkRow, missingFields } from './check-rows.ts'
import type { Heads } from './guess-fields.ts'
import { findHeads, guessFields, noHeads, takeHeads } from './guess-fields.ts'
import { areCapitals, isOrdered, nameOrderOf } from './name-cells.ts'
import type { PasteDraft, Pasted } from './paste-draft.ts'
import { movedRows, rowsOf, withoutTotals } from './paste-draft.ts'
import type { PasteField } from './paste-field.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { useListHeads, usePasteFields } from './paste-kind.ts'
import { readCells, separatorIn } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'
import { dayOrderIn } from './read-day.ts'
import { decide, isBad } from './standing.ts'
import { useKnown } from './use-known.ts'

interface Meanings {
  fields: readonly PasteField[]
  listHeads: readonly string[]
  needed: string[]
}
/** A single column is what nothing can be saved without, where that is one thing. */
function mappingOf(cells: readonly string[][], heads: Heads, { fields, listHeads, needed }: Meanings) {
  const mapping = guessFields(cells, heads, fields, listHeads)
  return mapping.length === 1 && needed.length === 1 ? needed : mapping
}

/** A row is checked again only when it, or what its columns mean, has changed. */
function useChecked(pasted: Pasted | null, rules: Rules, order: DayOrder | undefined): CheckedRow[] {
  const { mapping, fields, nameOrders, isRecased } = rules
  const meaning = JSON.stringify([mapping, order, nameOrders, isRecased, fields.map(({ known }) => known ?? 0)])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the checks of another meaning are worth nothing
  const known = useMemo(() => new WeakMap<PastedRow, CheckedRow>(), [meaning])
  return (pasted?.rows ?? []).map((row) => {
    const one = known.get(row) ?? checkRow(row, rules)
    known.set(row, one)
    return one
  })
}

type SetPasted = Dispatch<SetStateAction<Pasted | null>>

function editsOf(setPasted: SetPasted) {
  const edit = (change: (row: PastedRow) => PastedRow) =>
    setPasted((before) => before && { ...before, rows: before.rows.map(change) })
  return {
    drop: () => setPasted(null),
    setNameOrder: (column: number, order: NameOrder) =>
      setPasted((before) => before && { ...before, nameOrders: { ...before.nameOrders, [column]: order } }),
    addNamed: (adds: NonNullable<Pasted['adds']>) =>
      setPasted((before) => before && { ...before, adds: [...(before.adds ?? []), ...adds] }),
    setRecased: (isRecased: boolean) => setPasted((before) => before && { ...before, isRecased }),
    /** The rows that were added are gone. Those that were left out by hand can be mended now. */
    keepOnly: (ids: ReadonlySet<number>) =>
      setPasted(
        (before) =>
          before && {
            ...before,
            gone: [...(before.gone ?? []), ...before.rows.flatMap(({ id }) => (ids.has(id) ? [] : id))],
            rows: before.rows.flatMap((row) => (ids.has(row.id) ? { ...row, isLeftOut: false, why: undefined } : [])),
          },
      ),
    /** Each field is one column's: another that was it is left out. */
    setField: (column: number, name: string | null) =>
      setPasted(
        (before) =>
          before && {
            ...before,
            mapping: before.mapping.map((one, index) => (index === column ? name : one === name ? null : one)),
          },
      ),
    setCell: (id: number, column: number, cell: string) =>
      edit((row) =>
        row.id === id
          ? { ...row, cells: row.cells.map((one, index) => (index === column ? cell : one)), refusals: undefined }
          : row,
      ),
    setLeftOut: (isChosen: (id: number) => boolean, isLeftOut: boolean) =>
      edit((row) => (isChosen(row.id) ? { ...row, isLeftOut } : row)),
    /** Null takes back what was chosen. What the server refused for it counts no more. */
    setChoices: (choices: ReadonlyMap<number, string | null>) =>
      edit((row) =>
        choices.has(row.id) ? { ...row, choice: choices.get(row.id) ?? undefined, refusals: undefined } : row,
      ),
    /** What the server refused, by the row's number. */
    setRefusals: (refusals: ReadonlyMap<number, PastedRow['refusals']>) =>
      edit((row) => ({ ...row, refusals: refusals.get(row.id) })),
  }
}

/** What the columns' cells say of names and dates, whatever is changed in other columns. */
function useColumnCells(pasted: Pasted | null) {
  const { cells, heads } = pasted ?? {}
  return useMemo(() => {
    const data = cells?.slice(heads?.rows) ?? []
    const columns = (cells?.[0] ?? []).map((_, column) => data.map((row) => row[column] ?? ''))
    return columns.map((own) => ({
      own,
      order: nameOrderOf(own),
      isOrdered: isOrdered(own),
      areCapitals: areCapitals(own),
    }))
  }, [cells, heads])
}

/** Dates of numbers are read in the order that somebody chose, or else in the only one in which all of them are dates. */
function useDayOrder({ shape }: AnyPasteKind, pasted: Pasted | null, chosen: DayOrder | undefined) {
  const found = useMemo(() => {
    const columns = (pasted?.mapping ?? []).flatMap((name, column) =>
      name && shape.fields[name]?.is === 'day' ? [column] : [],
    )
    return dayOrderIn(columns.flatMap((column) => (pasted?.rows ?? []).map(({ cells }) => cells[column] ?? '')))
  }, [pasted, shape])
  return { ...found, order: chosen ?? found.decided }
}

/** How a text becomes a block, and what its heads make of the columns. */
function useReading(pasted: Pasted | null, setPasted: SetPasted, rules: Rules, listHeads: string[]) {
  const { totals } = useWords(pasteWords)
  const { locale } = useFormats()
  const { fields } = rules
  const meant = (cells: readonly string[][], heads: Heads) => ({
    heads,
    mapping: mappingOf(cells, heads, { fields, listHeads, needed: missingFields({ ...rules, mapping: [] }) }),
  })
  return {
    /** False when there is nothing in the text. */
    read(text: string, by?: Separator): boolean {
      const separator = by ?? separatorIn(text, separatorOf(locale))
      const cells = readCells(text, separator)
      if (!cells.length) return false
      const heads = findHeads(cells, fields, listHeads)
      const rows = withoutTotals(rowsOf(cells, heads), heads, totals)
      setPasted({ cells, separator, ...meant(cells, heads), rows })
      return true
    },
    /** The columns' meaning is guessed again. What was changed in the rows stays. */
    setHeads(withHeads: boolean) {
      if (!pasted) return
      const { cells } = pasted
      const heads = withHeads ? takeHeads(cells, fields, listHeads) : noHeads
      setPasted({ ...pasted, ...meant(cells, heads), rows: movedRows(pasted, heads) })
    },
  }
}

/**
 * A pasted block on its way to records: its columns' meaning, its rows and what is wrong with them. `draft` is how far it
 * had come before the page was loaded again.
 */
export function usePaste(pasteKind: AnyPasteKind, draft?: PasteDraft) {
  const { kind, shape } = pasteKind
  const messages = useMessages()
  const kindWords = useKindWords(kind)
  const [chosenOrder, setOrder] = useState(draft?.order)
  const [pasted, setPasted] = useState(draft?.pasted ?? null)
  const days = useDayOrder(pasteKind, pasted, chosenOrder)
  const { order } = days
  const fields = usePasteFields(pasteKind, order, pasted?.adds)
  const columnCells = useColumnCells(pasted)
  const sentences = { kind: kindWords, messages }
  const mapping = pasted?.mapping ?? []
  const fieldAt = (column: number) => fields.find(({ name }) => name === mapping[column])
  const nameOrders = columnCells.map((one, column) =>
    fieldAt(column)?.hasOrder ? (pasted?.nameOrders?.[column] ?? one.order) : undefined,
  )
  const rules: Rules = { shape, sentences, mapping, fields, nameOrders, isRecased: pasted?.isRecased ?? false }
  const each = useChecked(pasted, rules, order)
  const register = useKnown(pasteKind, each)
  const checked = decide(each, register.kept, rules)
  const edits = useMemo(() => editsOf(setPasted), [])
  const countOf = (...states: string[]) => checked.filter(({ state }) => states.includes(state)).length
  return {
    pasted,
    rules,
    checked,
    days,
    chosenOrder,
    setOrder,
    columnCells,
    /** Names of a mapped column stand in capitals. */
    hasCapitals: columnCells.some(({ areCapitals: are }, column) => are && fieldAt(column)?.isName),
    ready: countOf('ready'),
    bad: checked.filter(isBad).length,
    leftOut: countOf('out'),
    same: countOf('same'),
    /** Rows of which people must say something, since they are known already. */
    asked: checked.filter(({ standing }) => standing.is === 'known' || standing.is === 'twin'),
    /** Undefined until the register has been asked. */
    isCompared: register.known !== undefined,
    register,
    /** The labels of what nothing can be saved without and no column is. */
    missing: missingFields(rules).flatMap((field) => kindWords.fields[field] ?? []),
    ...edits,
    ...useReading(pasted, setPasted, rules, useListHeads(pasteKind)),
  }
}
export type Paste = ReturnType<typeof usePaste>
