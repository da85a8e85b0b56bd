import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { BundleError } from './report.ts'

const longestRow = 262_144

export interface CsvRow {
  line: number
  /** A cell is undefined when its bytes are not UTF-8. */
  cells: (string | undefined)[]
}

interface Beginning {
  delimiter: string
  skip: number
  line: number
}

function beginning(name: string, bytes: Buffer): Beginning {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16 || bytes.subarray(0, 4000).includes(0))
    throw new BundleError(
      `${name} is not a CSV file in UTF-8${utf16 ? ' but in UTF-16' : ''}: save it again as "CSV UTF-8 (comma delimited)"`,
    )
  const skip = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  const text = bytes.toString('latin1', skip)
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

function readable(name: string, error: unknown): unknown {
  if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new BundleError(`${name} has a quote that is never closed: ${error.message}`)
  if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE')
    return new BundleError(
      `${name} has a row of more than ${longestRow} characters: is a quote not closed? ${error.message}`,
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

/** Blank rows are left out. Throws `BundleError` when the file is no CSV. */
export async function* csvRows(name: string, input: Readable): AsyncGenerator<CsvRow> {
  const { first, rest } = await firstBytes(input)
  const start = beginning(name, first)
  const parser = parse({
    delimiter: start.delimiter,
    encoding: 'latin1',
    max_record_size: longestRow,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  })
  const bytes = async function* () {
    yield first.subarray(start.skip)
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }
  const rows = pipeline(bytes, parser, () => input.destroy())
  let { line } = start
  try {
    for await (const record of rows as AsyncIterable<string[]>) {
      const cells = record.map(decoded)
      if (cells.some((cell) => cell === undefined || cell.trim())) yield { line, cells }
      line += 1 + record.reduce((breaks, cell) => breaks + breaksIn(cell), 0)
    }
  } catch (error) {
    throw readable(name, error)
  }
}
