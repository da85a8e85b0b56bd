/** A pasted block, and what is kept of it while its rows are not added. */
import { z } from 'zod'
import type { AddedByName } from '../../db/values.ts'
import { addedByName } from '../../db/values.ts'
import type { Separator } from '../lists/csv.ts'
import { separators } from '../lists/csv-separator.ts'
import type { NameOrder } from '../people.ts'
import type { Mapping, PastedRow } from './check-rows.ts'
import type { Heads } from './guess-fields.ts'
import { plain } from './guess-fields.ts'
import { readCells, rowsAtMost } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'

export interface Pasted {
  cells: string[][]
  separator?: Separator | undefined
  heads: Heads
  mapping: Mapping
  /** How names in a column are read, where somebody said it. */
  nameOrders?: Readonly<Record<string, NameOrder>> | undefined
  /** Names in capitals become Names. */
  isRecased?: boolean | undefined
  /** Records that are added with the rows, since these name them. */
  adds?: readonly { to: AddedByName; as: string; name: string }[] | undefined
  rows: PastedRow[]
  /** The rows that were added already are gone; the others stay. */
  gone?: readonly number[] | undefined
}

export const rowsOf = (cells: readonly string[][], { rows }: Pick<Heads, 'rows'>): PastedRow[] =>
  cells
    .slice(rows)
    .slice(0, rowsAtMost)
    .map((row, index) => ({ id: index + 1, cells: row, isLeftOut: false }))

/** 'Total', '30'; 'Total students: 30'; 'Page 2 of 3'; and the heads again, as on every printed page. */
function whyLeftOut({ cells }: PastedRow, { labels }: Heads, totals: readonly string[]): PastedRow['why'] {
  const filled = cells.filter((cell) => cell.trim())
  const written = filled.join(' ').trim()
  const text = plain(written)
  // A sign before the word makes it a name, such as @sum.
  const isWord = /^\p{L}/u.test(written)
  if (isWord && filled.length <= 3 && /\d$/.test(text) && totals.some((one) => text.startsWith(`${one} `)))
    return 'total'
  const isHead = (cell: string, column: number) => !cell.trim() || plain(cell) === plain(labels[column] ?? '')
  return filled.length > 1 && labels.length > 0 && cells.every(isHead) ? 'heads' : undefined
}

/** Leaves out what is no record. */
export const withoutTotals = (rows: readonly PastedRow[], heads: Heads, totals: readonly string[]): PastedRow[] =>
  rows.map((row) => {
    const why = whyLeftOut(row, heads, totals)
    return why ? { ...row, isLeftOut: true, why } : row
  })

/** The same rows below other heads: what was changed in them stays. */
export function movedRows(before: Pasted, heads: Heads): PastedRow[] {
  const shift = before.heads.rows - heads.rows
  const changed = new Map(before.rows.map((row) => [row.id + shift, row]))
  return rowsOf(before.cells, heads).map((row) => {
    const known = changed.get(row.id)
    return known ? { ...row, cells: known.cells, isLeftOut: known.isLeftOut, why: known.why } : row
  })
}

const nameOrder = z.enum(['familyLast', 'familyFirst'])
const shape = z.object({
  text: z.string(),
  order: z.enum(['dayFirst', 'monthFirst']).optional(),
  pasted: z
    .object({
      separator: z.enum(separators).optional(),
      heads: z.object({ rows: z.number(), labels: z.array(z.string()) }),
      mapping: z.array(z.string().nullable()),
      nameOrders: z.record(z.string(), nameOrder).optional(),
      isRecased: z.boolean().optional(),
      adds: z.array(z.object({ to: z.enum(addedByName), as: z.string(), name: z.string() })).optional(),
      gone: z.array(z.number()).optional(),
      /** The rows in which a cell was changed, or which were left out. */
      rows: z.array(
        z.object({
          id: z.number(),
          cells: z.array(z.string()),
          isLeftOut: z.boolean(),
          why: z.enum(['total', 'heads']).optional(),
          choice: z.string().optional(),
        }),
      ),
    })
    .optional()
    // Another version of Homeroom kept it in another shape: the text is there all the same.
    .catch(undefined),
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
  const gone = new Set(pasted.gone)
  const rows = rowsOf(cells, pasted.heads).flatMap((row) => (gone.has(row.id) ? [] : (changed.get(row.id) ?? row)))
  return { text, order, pasted: { ...pasted, cells, rows } }
}

/** Null for nothing. The cells are in the text; what the server refused is not kept: it says so again. */
export function keptPaste({ text, order, pasted }: PasteDraft): object | null {
  if (!pasted) return text.trim() ? { text } : null
  const { cells, rows, ...others } = pasted
  const own = cells.slice(pasted.heads.rows)
  const changed = rows.filter((row) => row.isLeftOut || row.choice || row.cells !== own[row.id - 1])
  const kept = changed.map(({ refusals: _, ...row }) => row)
  return { text, order, pasted: { ...others, rows: kept } }
}
