import type { Separator } from '../lists/csv.ts'
import { undefused } from '../lists/csv.ts'

/** As many rows as are added at once. */
export const rowsAtMost = 3_000

/** Some programs say it themselves, in a line before all others. */
const sepLine = /^"?sep=([,;\t])"?(?:\r\n|\r|\n|$)/i
const bareText = (text: string): string => text.replace(/^\uFEFF/, '')

/** Spreadsheets copy tabs; files hold commas or semicolons: where a line has as many of both, what is `usual` here counts. */
export function separatorIn(text: string, usual: Separator = ','): Separator {
  const source = bareText(text)
  const told = sepLine.exec(source)?.[1]
  if (told) return told as Separator
  const [line = ''] = source
    .replace(/"(?:[^"]|"")*"/g, '')
    .trimStart()
    .split(/\r\n|\r|\n/, 1)
  const count = (separator: Separator) => line.split(separator).length - 1
  if (count('\t')) return '\t'
  const other = usual === ';' ? ',' : ';'
  const either = usual === '\t' ? ',' : usual
  if (count(other) > count(either)) return other
  return count(either) ? either : '\t'
}

/** A cell in quotes ends before a separator or a line's end; a quote that opens nothing is a letter. */
const inQuotes = (separator: Separator) => new RegExp(`"([^"]*(?:""[^"]*)*)"[ ]*(?=${separator}|\\r|\\n|$)`, 'y')

/** What spreadsheets write so that a number stays a text: ="01001". */
const heldAsText = /^="([^"]*)"$/
const contentOf = (cell: string): string => heldAsText.exec(cell)?.[1] ?? undefused(cell)

/** Spaces that look like others, and marks that nobody sees. Joiners stay: some scripts write with them. */
const spaces = /[\u00a0\u2007\u202f]/g
const unseen = /[\u00ad\u200b\u2060\ufeff]/g
export const cleaned = (cell: string): string => cell.replace(spaces, ' ').replace(unseen, '').trim()

/**
 * The cells of a block copied from a spreadsheet, or of a CSV file (RFC 4180): quotes may hold separators, line ends and,
 * doubled, quotes. Empty lines are left out; every row is as long as the longest.
 */
export function readCells(text: string, separator: Separator = separatorIn(text)): string[][] {
  const source = bareText(text).replace(sepLine, '')
  const quoted = inQuotes(separator)
  const plain = new RegExp(`[^${separator}\\r\\n]*`, 'y')
  const rows: string[][] = []
  let row: string[] = []
  const endRow = () => {
    if (row.some((one) => one.trim())) rows.push(row)
    row = []
  }
  let at = 0
  const taken = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at = pattern.lastIndex
    return found
  }
  while (at < source.length) {
    const cell = taken(quoted)?.[1]?.replaceAll('""', '"') ?? taken(plain)?.[0] ?? ''
    row.push(contentOf(cell))
    if (source[at] === separator) {
      at++
      if (at < source.length) continue
      row.push('')
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at++
    at++
    endRow()
  }
  const width = Math.max(0, ...rows.map(({ length }) => length))
  return rows.map((one) => [...one, ...Array<string>(width - one.length).fill('')])
}
