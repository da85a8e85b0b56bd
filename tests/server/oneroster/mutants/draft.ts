/** A bundle on its way to become files: each cell as it is written, so that a mutation can spoil the writing itself. */
import type { Random } from './random.ts'
import type { Cells, Kind, Table, Tables } from './tables.ts'
import { keyOf } from './tables.ts'

export interface Line {
  /** '<file> <id>' of the row that it was, or none. */
  key: string | null
  cells: string[]
}
export interface Format {
  delimiter: string
  newline: string
  isQuoted: boolean
  /** Before the first line. */
  mark: string
  endsOpen: boolean
}
export interface DraftFile {
  kind: Kind
  name: string
  table: Table
  format: Format
  /** The first one is the header. */
  lines: Line[]
  /** What is written instead of the lines. */
  content?: string | Buffer
}

const usual: Format = { delimiter: ',', newline: '\n', isQuoted: false, mark: '', endsOpen: false }

const written = (cell: string, { delimiter, isQuoted }: Format): string =>
  isQuoted || cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function formatOf(random: Random): Format {
  if (random.isChosen(0.6)) return usual
  const delimiter = random.pick([',', ',', ';', '\t'])
  return {
    delimiter,
    newline: random.pick(['\n', '\r\n', '\r']),
    isQuoted: random.isChosen(0.5),
    mark: random.pick(['', '\ufeff', `sep=${delimiter}\n`]),
    endsOpen: random.isChosen(0.5),
  }
}

export class Draft {
  readonly files: DraftFile[]
  /** Other files of the bundle. */
  readonly others: Record<string, string>
  readonly random: Random
  /** Of these rows nothing is certain, '<file> <id>', nor of those of these files. */
  readonly touched = new Set<string>()
  /** A finding must be in one of these, if the bundle is not taken. */
  readonly places: { file: string; line?: Line }[] = []
  /** What was done to it, in words. */
  readonly done: string[] = []

  constructor(random: Random, tables: Tables, others: Record<string, string>) {
    this.random = random
    this.others = others
    this.files = Object.entries(tables).map(([kind, table]) => fileOf(kind as Kind, table, formatOf(random)))
  }

  /** Of a file, and of the line if one is given, nothing is certain any more. */
  spoil(what: string, file: DraftFile, ...lines: Line[]): void {
    this.done.push(`${file.name}: ${what}`)
    for (const { key } of lines) if (key) this.touched.add(key)
    for (const line of lines) this.places.push({ file: file.name, line })
    if (lines.length) return
    for (const row of file.table.rows) this.touched.add(keyOf(file.kind, row))
    this.places.push({ file: file.name })
  }
}

export function fileOf(kind: Kind, table: Table, format: Format): DraftFile {
  const cellsOf = (row: Cells) => table.columns.map((column) => written(row[column] ?? '', format))
  const header = { key: null, cells: table.columns.map((column) => written(column, format)) }
  const lines = [header, ...table.rows.map((row) => ({ key: keyOf(kind, row), cells: cellsOf(row) }))]
  return { kind, name: `${kind}.csv`, table, format, lines }
}

const breaksIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0
const textOf = ({ cells }: Line, { delimiter }: Format) => cells.join(delimiter)

/** The line of the file on which each of its rows begins. */
export function positions({ lines, format }: DraftFile): Map<Line, number> {
  let at = 1 + breaksIn(format.mark)
  return new Map(
    lines.map((line) => {
      const begins = at
      at += 1 + breaksIn(textOf(line, format))
      return [line, begins]
    }),
  )
}

export function contentOf({ lines, format, content }: DraftFile): string | Buffer {
  if (content !== undefined) return content
  const text = lines.map((line) => textOf(line, format)).join(format.newline)
  return `${format.mark}${text}${format.endsOpen ? '' : format.newline}`
}
