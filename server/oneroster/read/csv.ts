import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { BundleError } from '../report.ts'

const longestRow = 262_144

export interface CsvRow {
  line: number
  /** A cell is undefined when its bytes are not UTF-8. */
  cells: (string | undefined)[]
  /** This cell holds whole rows, because of a quote that opens on its line and closes lines below. */
  swallowing?: Swallowing
  /** The file ends its rows with the same empty cells beyond the header. */
  isUsual?: true
}
export interface Swallowing {
  index: number
  line: number
  breaks: number
}

interface Beginning {
  delimiter: string
  skip: number
  line: number
}

function refuseOtherText(name: string, text: string): void {
  const [sign = ''] = /^\s*(<|[[{](?=\s*["{}[\]]))/.exec(text) ?? []
  if (!sign) return
  const format = sign.trim() === '<' ? 'HTML or XML' : 'JSON'
  throw new BundleError(
    `${name} is no CSV file but ${format}, as servers answer with an error: export or download it again`,
  )
}

function beginning(name: string, bytes: Buffer): Beginning {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16 || bytes.subarray(0, 4000).includes(0))
    throw new BundleError(
      `${name} is not a CSV file in UTF-8${utf16 ? ' but in UTF-16' : ''}: save it again as "CSV UTF-8 (comma delimited)"`,
    )
  const skip = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  const text = bytes.toString('latin1', skip)
  refuseOtherText(name, text)
  // Excel writes such a line.
  const [marker = '', separator] = /^sep=([,;\t])(?:\r\n|\r|\n)/.exec(text) ?? []
  if (separator) return { delimiter: separator, skip: skip + marker.length, line: 2 }
  const header = text.split(/[\r\n]/, 1)[0] ?? ''
  const delimiter = [';', '\t'].find((other) => !header.includes(',') && header.includes(other))
  return { delimiter: delimiter ?? ',', skip, line: 1 }
}

/** Latin-1 keeps each byte, so that a cell that is not UTF-8 is found. */
function decoded(cell: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the letters outside ASCII are what is asked for
  if (!/[^\x01-\x7f]/.test(cell)) return cell
  const bytes = Buffer.from(cell, 'latin1')
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined
}

function readable(name: string, line: number, error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new BundleError(
      `${name} has a quote that is never closed, in the row of line ${line}: remove it, or export the file again if it broke off there`,
    )
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new BundleError(
      `${name} has a row of more than ${longestRow} characters, which begins on line ${line}: is a quote not closed there?`,
    )
  return error
}

async function firstBytes(input: Readable): Promise<{ first: Buffer; rest: AsyncIterator<Buffer> }> {
  const rest = (input as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const parts: Buffer[] = []
  // A chunk may end inside the header line.
  for (let length = 0; length < 4096; ) {
    const { value, done } = await rest.next()
    if (done) break
    parts.push(value)
    length += value.length
  }
  return { first: Buffer.concat(parts), rest }
}

const breaksIn = (cell: string) => cell.match(/\r\n|\r|\n/g)?.length ?? 0

/** What is between two cells is counted in a cell with line breaks: a whole row has `width - 1` of it. */
function swallowingIn(record: readonly string[], line: number, delimiter: string, width: number) {
  let at = line
  for (const [index, cell] of record.entries()) {
    const breaks = breaksIn(cell)
    const between = breaks ? cell.split(delimiter).length - 1 : 0
    if (breaks && between && (between >= width - 1 || record.length > width)) return { index, line: at, breaks }
    at += breaks
  }
  return undefined
}

/** The widths of the rows before tell whether the last one is whole. */
class Widths {
  #header = 0
  #narrowest = Number.POSITIVE_INFINITY
  #widest = 0
  endsEarly = false

  /** Some systems leave out the last cells of every row. */
  get usual(): number {
    return Math.min(this.#widest || this.#header, this.#header)
  }

  add(width: number): void {
    const isUsual = width === this.#narrowest && width === this.#widest
    this.endsEarly = width < this.#header && !isUsual
    if (!this.#header) this.#header = width
    else {
      this.#widest = Math.max(this.#widest, width)
      this.#narrowest = Math.min(this.#narrowest, width)
    }
  }
}

/** From so many rows on, rows that are all too wide prove a short first line. */
const head = { most: 20, least: 3 }

function usualWidth([header, ...rows]: readonly CsvRow[]): number | undefined {
  const [first] = rows
  if (!header || !first || rows.length < head.least) return undefined
  const isAlike = ({ cells }: CsvRow) =>
    cells.length === first.cells.length && cells.slice(header.cells.length).every((cell) => cell?.trim() === '')
  return first.cells.length > header.cells.length && rows.every(isAlike) ? first.cells.length : undefined
}

/** A name that is missing in the first line puts every later value under the name before. A row may lack a cell besides. */
function refuseShortHeader(name: string, [header, ...rows]: readonly CsvRow[]): void {
  const over = rows.map(({ cells }) => cells.slice(header?.cells.length))
  const filled = over.filter((cells) => cells.some((cell) => cell === undefined || cell.trim())).length
  const isEvery = over.every(({ length }) => length)
  if (rows.length < head.least || !filled) return
  if (isEvery || filled * 2 > rows.length)
    throw new BundleError(
      `${name} has more cells in ${isEvery ? 'every row' : 'most of its rows'} than names in its first line: add the name that is missing`,
    )
}

/** Blank rows are left out. Throws `BundleError` when the file is no CSV, or not a whole one. */
export async function* csvRows(name: string, input: Readable): AsyncGenerator<CsvRow> {
  const first: CsvRow[] = []
  let width: number | undefined
  const marked = (row: CsvRow): CsvRow => (row.cells.length === width ? { ...row, isUsual: true } : row)
  for await (const row of wholeRows(name, input)) {
    if (first.length > head.most) yield marked(row)
    else if (first.push(row) > head.most) {
      refuseShortHeader(name, first)
      width = usualWidth(first)
      yield* first.map(marked)
    }
  }
  if (first.length > head.most) return
  refuseShortHeader(name, first)
  width = usualWidth(first)
  yield* first.map(marked)
}

async function* wholeRows(name: string, input: Readable): AsyncGenerator<CsvRow> {
  const { first, rest } = await firstBytes(input)
  const start = beginning(name, first)
  let { line } = start
  const parser = parse({
    delimiter: start.delimiter,
    // Cells come as bytes: in latin1, the parser would take "(" for a kind of space and trim it.
    encoding: false,
    ltrim: true,
    max_record_size: longestRow,
    on_record: (cells: unknown) => {
      const record = (cells as Buffer[]).map((cell) => cell.toString('latin1'))
      const at = line
      line += 1 + record.reduce((breaks, cell) => breaks + breaksIn(cell), 0)
      return { line: at, record } as never
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  })
  let end = first.at(-1)
  const bytes = async function* () {
    yield first.subarray(start.skip)
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      end = next.value.at(-1) ?? end
      yield next.value
    }
  }
  const rows = pipeline(bytes, parser, () => input.destroy())
  const widths = new Widths()
  let last = line
  try {
    for await (const { line, record } of rows as AsyncIterable<{ line: number; record: string[] }>) {
      const cells = record.map(decoded)
      if (!cells.some((cell) => cell === undefined || cell.trim())) continue
      const swallowing = swallowingIn(record, line, start.delimiter, widths.usual || 3)
      widths.add(record.length)
      last = line
      yield { line, cells, ...(swallowing && { swallowing }) }
    }
  } catch (error) {
    throw readable(name, line, error)
  }
  if (end !== 0x0a && end !== 0x0d && widths.endsEarly)
    throw new BundleError(`${name} ends in the middle of line ${last}: it is not whole. Export or upload it again`)
}
