/** Mutations inside a row. */
import type { Draft, DraftFile, Line } from './draft.ts'
import { isCode, isSeen } from './seen.ts'

/** Returns false where it can do nothing. */
export type Mutation = (draft: Draft, file: DraftFile) => boolean

const rowsOf = ({ lines }: DraftFile) => lines.slice(1)
const headerOf = (file: DraftFile, at: number) => file.lines[0]?.cells[at]?.replaceAll('"', '') ?? ''
const isSeenIn = (file: DraftFile, cells: readonly string[], before: readonly string[]) =>
  cells.some((cell, at) => cell !== before[at] && isSeen(cell, headerOf(file, at)))

const inRow =
  (change: (draft: Draft, file: DraftFile, line: Line) => string | undefined): Mutation =>
  (draft, file) => {
    const rows = rowsOf(file).filter(({ cells }) => cells.length > 1)
    if (!rows.length) return false
    const line = draft.random.pick(rows)
    const what = change(draft, file, line)
    if (what) draft.spoil(`${line.key}: ${what}`, file, line)
    return what !== undefined
  }

export const dropCell = inRow(({ random }, file, line) => {
  const at = random.below(line.cells.length)
  line.cells = line.cells.toSpliced(at, 1)
  return `no cell for ${headerOf(file, at)}`
})

export const addCell = inRow(({ random }, file, line) => {
  const at = random.below(line.cells.length + 1)
  line.cells = line.cells.toSpliced(at, 0, random.pick(['', '', 'Jr.']))
  return `one more cell before ${headerOf(file, at)}`
})

export const cutRow = inRow(({ random }, _, line) => {
  const left = 1 + random.below(line.cells.length - 1)
  // A line of empty cells is no row.
  if (!line.cells.slice(0, left).some(Boolean)) return undefined
  line.cells = line.cells.slice(0, left)
  return `cut after ${left} cells`
})

export const swapCells = inRow(({ random }, file, line) => {
  const [a, b] = [random.below(line.cells.length), random.below(line.cells.length)]
  const cells = line.cells.with(a, line.cells[b] ?? '').with(b, line.cells[a] ?? '')
  if (!isSeenIn(file, cells, line.cells)) return undefined
  line.cells = cells
  return `${headerOf(file, a)} and ${headerOf(file, b)} exchanged`
})

/** A comma without quotes, and an empty cell that is lost. */
export const shiftCells = inRow(({ random }, file, line) => {
  const empty = line.cells.flatMap((cell, at) => (cell ? [] : [at]))
  if (!empty.length) return undefined
  const [gap, into] = [random.pick(empty), random.below(line.cells.length)]
  const cells = line.cells.toSpliced(gap, 1).toSpliced(into, 0, random.pick(['', 'Jr.']))
  if (!isSeenIn(file, cells, line.cells)) return undefined
  line.cells = cells
  return `the cells from ${headerOf(file, gap)} to ${headerOf(file, into)} shifted`
})

/** What follows may be swallowed. */
const inQuotes =
  (change: (cell: string, draft: Draft, column: string) => string | undefined): Mutation =>
  (draft, file) => {
    const line = draft.random.pick(file.lines)
    const at = draft.random.below(line.cells.length)
    const cell = line.cells[at] ?? ''
    const spoiled = change(cell, draft, headerOf(file, at))
    if (spoiled === undefined) return false
    line.cells = line.cells.with(at, spoiled)
    draft.spoil(`${line.key ?? 'header'}: ${headerOf(file, at)} is ${spoiled}`, file, line)
    for (const { key } of file.lines.slice(file.lines.indexOf(line))) if (key) draft.touched.add(key)
    return true
  }

export const strayQuote = inQuotes((cell) => (cell.startsWith('"') ? undefined : `"${cell}`))
/** In free text, a quote at the end may be an inch. */
export const lostQuote = inQuotes((cell, { random }, column) => {
  if (!cell.startsWith('"')) return undefined
  return isCode(column) && random.isChosen(0.5) ? cell.slice(1) : cell.slice(0, -1)
})
