import { useMemo, useState } from 'react'
import { useWords } from '../../messages/messages.tsx'
import { guessFields, hasHeads } from '../../paste/guess-fields.ts'
import { readCells, rowsAtMost } from '../../paste/read-cells.ts'
import type { DayOrder } from '../../paste/read-day.ts'
import { isUnclearDay } from '../../paste/read-day.ts'
import type { CheckedRow, Mapping, PastedRow } from './check-rows.ts'
import { checkRow, isBad, isReady, withTwins } from './check-rows.ts'
import type { FieldName } from './paste-fields.ts'
import { pasteWords, useStudentFields } from './paste-fields.ts'

interface Pasted {
  /** With the heads, if there are any. */
  cells: string[][]
  withHeads: boolean
  mapping: Mapping
  rows: PastedRow[]
}

const rowsOf = (cells: readonly string[][], withHeads: boolean): PastedRow[] =>
  cells
    .slice(withHeads ? 1 : 0)
    .slice(0, rowsAtMost)
    .map((row, index) => ({ id: index + 1, cells: row, isLeftOut: false }))

/** A row is checked again only when it, or what its columns mean, has changed. */
function useChecked(pasted: Pasted | null, order: DayOrder | undefined): CheckedRow[] {
  const words = useWords(pasteWords)
  const fields = useStudentFields(order)
  const meaning = JSON.stringify([pasted?.mapping, order, fields.length])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the checks of another meaning are worth nothing
  const known = useMemo(() => new WeakMap<PastedRow, CheckedRow>(), [meaning])
  return useMemo(() => {
    const checked = (pasted?.rows ?? []).map((row) => {
      const one = known.get(row) ?? checkRow(row, pasted?.mapping ?? [], fields, words)
      known.set(row, one)
      return one
    })
    return withTwins(checked, words)
  }, [pasted, known, fields, words])
}

/** A pasted block on its way to students: its columns' meaning, its rows and what is wrong with them. */
export function usePaste() {
  const [order, setOrder] = useState<DayOrder | undefined>()
  const fields = useStudentFields(order)
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const checked = useChecked(pasted, order)
  const edit = (change: (row: PastedRow) => PastedRow) =>
    setPasted((before) => before && { ...before, rows: before.rows.map(change) })
  const days = pasted?.mapping.indexOf('birthDate') ?? -1

  return {
    pasted,
    fields,
    checked,
    order,
    setOrder,
    ready: checked.filter(isReady).length,
    bad: checked.filter(isBad).length,
    leftOut: checked.filter(({ row }) => row.isLeftOut).length,
    hasUnclearDays: days >= 0 && (pasted?.rows ?? []).some(({ cells }) => isUnclearDay(cells[days] ?? '')),
    /** False when there is nothing in the text. */
    read(text: string): boolean {
      const cells = readCells(text)
      if (!cells.length) return false
      const withHeads = hasHeads(cells, fields)
      const mapping = guessFields(cells, withHeads, fields) as Mapping
      setPasted({ cells, withHeads, mapping, rows: rowsOf(cells, withHeads) })
      return true
    },
    drop: () => setPasted(null),
    setHeads: (withHeads: boolean) =>
      setPasted((before) => before && { ...before, withHeads, rows: rowsOf(before.cells, withHeads) }),
    /** Each field is one column's: another that was it is left out. */
    setField: (column: number, name: FieldName | null) =>
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
    /** What the server refused, by the row's number. */
    setRefusals: (refusals: ReadonlyMap<number, PastedRow['refusals']>) =>
      edit((row) => ({ ...row, refusals: refusals.get(row.id) })),
  }
}
export type Paste = ReturnType<typeof usePaste>
