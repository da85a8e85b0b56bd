import type { Dispatch, SetStateAction } from 'react'
import { useMemo, useState } from 'react'
import type { Separator } from '../lists/csv.ts'
import { separatorOf } from '../lists/csv-separator.ts'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { useKindWords } from '../records/record-kind.ts'
import type { CheckedRow, PastedRow, Rules } from './check-rows.ts'
import { checkRow, missingFields } from './check-rows.ts'
import { guessFields, hasHeads } from './guess-fields.ts'
import type { PasteDraft, Pasted } from './paste-draft.ts'
import { rowsOf } from './paste-draft.ts'
import type { PasteField } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { useListHeads, usePasteFields } from './paste-kind.ts'
import { readCells, separatorIn } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'
import { isUnclearDay } from './read-day.ts'
import { decide, isBad } from './standing.ts'
import { useKnown } from './use-known.ts'

/** A single column is what nothing can be saved without, where that is one thing. */
function mappingOf(cells: readonly string[][], withHeads: boolean, fields: readonly PasteField[], needed: string[]) {
  const mapping = guessFields(cells, withHeads, fields)
  return mapping.length === 1 && needed.length === 1 ? needed : mapping
}

/** A row is checked again only when it, or what its columns mean, has changed. */
function useChecked(pasted: Pasted | null, rules: Rules, order: DayOrder | undefined): CheckedRow[] {
  const { mapping, fields } = rules
  const meaning = JSON.stringify([mapping, order, fields.map(({ known }) => known ?? 0)])
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
    setHeads: (withHeads: boolean) =>
      setPasted((before) => before && { ...before, withHeads, rows: rowsOf(before.cells, withHeads) }),
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

/**
 * A pasted block on its way to records: its columns' meaning, its rows and what is wrong with them. `draft` is how far it
 * had come before the page was loaded again.
 */
export function usePaste(pasteKind: AnyPasteKind, draft?: PasteDraft) {
  const { kind, shape } = pasteKind
  const messages = useMessages()
  const kindWords = useKindWords(kind)
  const [order, setOrder] = useState(draft?.order)
  const fields = usePasteFields(pasteKind, order)
  const listHeads = useListHeads(pasteKind)
  const [pasted, setPasted] = useState(draft?.pasted ?? null)
  const sentences = { kind: kindWords, messages }
  const rules: Rules = { shape, sentences, mapping: pasted?.mapping ?? [], fields }
  const each = useChecked(pasted, rules, order)
  const register = useKnown(pasteKind, each)
  const checked = decide(each, register.kept, rules)
  const { locale } = useFormats()
  const countOf = (...states: string[]) => checked.filter(({ state }) => states.includes(state)).length
  const hasUnclearDays = fields.some(({ name, isDay }) => {
    const column = isDay ? rules.mapping.indexOf(name) : -1
    return column >= 0 && (pasted?.rows ?? []).some(({ cells }) => isUnclearDay(cells[column] ?? ''))
  })

  return {
    pasted,
    rules,
    checked,
    order,
    setOrder,
    ready: countOf('ready'),
    bad: checked.filter(isBad).length,
    leftOut: countOf('out'),
    same: countOf('same'),
    /** Rows of which people must say something, since they are known already. */
    asked: checked.filter(({ standing }) => standing.is === 'known' || standing.is === 'twin'),
    /** Undefined until the register has been asked. */
    isCompared: register.known !== undefined,
    register,
    hasUnclearDays,
    /** The labels of what nothing can be saved without and no column is. */
    missing: missingFields(rules).flatMap((field) => kindWords.fields[field] ?? []),
    /** False when there is nothing in the text. */
    read(text: string, by?: Separator): boolean {
      const separator = by ?? separatorIn(text, separatorOf(locale))
      const cells = readCells(text, separator)
      if (!cells.length) return false
      const withHeads = hasHeads(cells, fields, listHeads)
      const mapping = mappingOf(cells, withHeads, fields, missingFields({ ...rules, mapping: [] }))
      setPasted({ cells, separator, withHeads, mapping, rows: rowsOf(cells, withHeads) })
      return true
    },
    ...editsOf(setPasted),
  }
}
export type Paste = ReturnType<typeof usePaste>
