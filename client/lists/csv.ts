/** So that Excel reads the file as UTF-8. */
const byteOrderMark = '\uFEFF'
const number = /^-?\d+([.,]\d+)?$/
/** What spreadsheets take for the beginning of a formula, however much room stands before it; or a cell of their own. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/** A spreadsheet would run it: an apostrophe makes it text. A plain negative number stays one. */
export const defused = (text: string): string => (formula.test(text) && !number.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as lines of a CSV file (RFC 4180), for spreadsheets. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(defused(cell))).join(',')}\r\n`).join('')

/** The whole file, or its beginning where more lines follow. */
export const csvOf = (rows: readonly (readonly string[])[]): string => byteOrderMark + csvLines(rows)

/** Offers the lines as a file of this name. */
export function saveFile(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[\\/:*?"<>|]+/g, '-')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
