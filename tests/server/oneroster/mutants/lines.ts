/** Mutations of whole rows, and of the header. */
import type { Mutation } from './cells.ts'
import type { DraftFile, Line } from './draft.ts'
import { isSeen } from './seen.ts'

const rowsOf = ({ lines }: DraftFile) => lines.slice(1)

export const joinLines: Mutation = (draft, file) => {
  const rows = rowsOf(file)
  if (rows.length < 2) return false
  const at = draft.random.below(rows.length - 1)
  const [one, two] = rows.slice(at, at + 2) as [Line, Line]
  // A remark before a row makes an id of its own, and the plain reading knows no such row.
  if (!one.key) return false
  const [last = '', first = ''] = [one.cells.at(-1), two.cells[0]]
  one.cells = [...one.cells.slice(0, -1), last + first, ...two.cells.slice(1)]
  file.lines = file.lines.filter((line) => line !== two)
  draft.spoil(`${one.key} and ${two.key} on one line`, file, one)
  draft.touched.add(two.key ?? '')
  return true
}

export const splitLine: Mutation = (draft, file) => {
  const line = draft.random.pick(rowsOf(file))
  if (line.cells.length < 3) return false
  const at = 1 + draft.random.below(line.cells.length - 1)
  const rest: Line = { key: line.key, cells: line.cells.slice(at) }
  line.cells = line.cells.slice(0, at)
  file.lines = file.lines.toSpliced(file.lines.indexOf(line) + 1, 0, rest)
  draft.spoil(`${line.key} on two lines, after ${at} cells`, file, line, rest)
  return true
}

export const sayOtherwise: Mutation = (draft, file) => {
  const line = draft.random.pick(rowsOf(file))
  const last = line.cells.length - 1
  const again: Line = {
    key: line.key,
    cells: line.cells.with(last, line.cells[last] === '2026-11-11' ? '' : '2026-11-11'),
  }
  file.lines.push(again)
  draft.spoil(`${line.key} again, with another last cell`, file, line, again)
  return true
}

const strange =
  (what: string, cells: (header: Line) => string[]): Mutation =>
  (draft, file) => {
    const [header] = file.lines
    if (!header) return false
    const line: Line = { key: null, cells: cells(header) }
    file.lines = file.lines.toSpliced(1 + draft.random.below(file.lines.length), 0, line)
    draft.spoil(what, file, line)
    return true
  }
export const repeatHeader = strange('the header again', ({ cells }) => [...cells])
export const addRemark = strange('a line of prose', () => ['Total: 12 rows'])
export const addRule = strange('a line of signs', ({ cells }) => cells.map(() => '---'))

/** The rows stay as they are. */
const inHeader =
  (change: (cells: string[], draft: Parameters<Mutation>[0], file: DraftFile) => string[] | undefined): Mutation =>
  (draft, file) => {
    const [header] = file.lines
    const cells = header && change(header.cells, draft, file)
    if (!header || !cells) return false
    const what = `the header is ${cells.join(' ')}, its rows are those of ${header.cells.join(' ')}`
    header.cells = cells
    draft.spoil(what, file)
    return true
  }

/** Of one or two rows nobody knows whether they are at fault, or the header. */
export const dropHeader = inHeader((cells, { random }, file) =>
  file.lines.length > 3 ? cells.toSpliced(random.below(cells.length), 1) : undefined,
)
export const addHeader = inHeader((cells, { random }) => cells.toSpliced(random.below(cells.length), 0, 'note'))
export const swapHeaders = inHeader((cells, { random }, file) => {
  const [a, b] = [random.below(cells.length), random.below(cells.length)]
  const swapped = cells.with(a, cells[b] ?? '').with(b, cells[a] ?? '')
  const isEachSeen = rowsOf(file).every((row) => [a, b].some((at) => isSeen(row.cells[at] ?? '', swapped[at] ?? '')))
  return isEachSeen ? swapped : undefined
})
