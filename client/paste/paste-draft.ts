/** A pasted block, and what is kept of it while its rows are not added. */
import { z } from 'zod'
import type { Separator } from '../lists/csv.ts'
import { separators } from '../lists/csv-separator.ts'
import type { Mapping, PastedRow } from './check-rows.ts'
import { readCells, rowsAtMost } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'

export interface Pasted {
  cells: string[][]
  separator?: Separator | undefined
  withHeads: boolean
  mapping: Mapping
  rows: PastedRow[]
}

export const rowsOf = (cells: readonly string[][], withHeads: boolean): PastedRow[] =>
  cells
    .slice(withHeads ? 1 : 0)
    .slice(0, rowsAtMost)
    .map((row, index) => ({ id: index + 1, cells: row, isLeftOut: false }))

const shape = z.object({
  text: z.string(),
  order: z.enum(['dayFirst', 'monthFirst']).optional(),
  pasted: z
    .object({
      separator: z.enum(separators).optional(),
      withHeads: z.boolean(),
      mapping: z.array(z.string().nullable()),
      /** The rows in which a cell was changed, or which were left out. */
      rows: z.array(
        z.object({
          id: z.number(),
          cells: z.array(z.string()),
          isLeftOut: z.boolean(),
          choice: z.string().optional(),
        }),
      ),
    })
    .optional(),
})
export interface PasteDraft {
  text: string
  order: DayOrder | undefined
  pasted: Pasted | null
}

/** Undefined for nothing, and for what another version of Homeroom kept in another shape. */
export function readPasteDraft(found: unknown): PasteDraft | undefined {
  const { data } = shape.safeParse(found)
  if (!data) return undefined
  const { text, order, pasted } = data
  if (!pasted) return { text, order, pasted: null }
  const cells = readCells(text, pasted.separator)
  const changed = new Map(pasted.rows.map((row) => [row.id, row]))
  const rows = rowsOf(cells, pasted.withHeads).map((row) => changed.get(row.id) ?? row)
  return { text, order, pasted: { ...pasted, cells, rows } }
}

/** Null for nothing. The cells are in the text; what the server refused is not kept: it says so again. */
export function keptPaste({ text, order, pasted }: PasteDraft): object | null {
  if (!pasted) return text.trim() ? { text } : null
  const { cells, separator, withHeads, mapping, rows } = pasted
  const own = cells.slice(withHeads ? 1 : 0)
  const changed = rows.filter((row) => row.isLeftOut || row.choice || row.cells !== own[row.id - 1])
  const kept = changed.map(({ id, cells: typed, isLeftOut, choice }) => ({ id, cells: typed, isLeftOut, choice }))
  return { text, order, pasted: { separator, withHeads, mapping, rows: kept } }
}
