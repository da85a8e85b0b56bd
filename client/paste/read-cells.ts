/** As many rows as are added at once. */
export const rowsAtMost = 1_000

/** What stands between the cells: spreadsheets copy tabs; files hold commas, or semicolons where the comma is the decimal point. */
function separatorOf(text: string): string {
  const [line = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n|\r|\n/, 1)
  const count = (separator: string) => line.split(separator).length
  if (count('\t') > 1) return '\t'
  return count(';') > count(',') ? ';' : ','
}

/**
 * The cells of a block copied from a spreadsheet, or of a CSV file (RFC 4180): quotes may hold separators, line ends and,
 * doubled, quotes. Empty lines are left out; every row is as long as the longest.
 */
export function readCells(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one.trim())) rows.push(row)
    row = []
  }
  for (let at = 0; at < source.length; at++) {
    const letter = source[at] as string
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (source[at + 1] === '"') cell += source[++at]
      else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === separator) endCell()
    else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && source[at + 1] === '\n') at++
      endRow()
    } else cell += letter
  }
  if (cell || row.length) endRow()
  const width = Math.max(0, ...rows.map(({ length }) => length))
  return rows.map((one) => [...one, ...Array<string>(width - one.length).fill('')])
}
