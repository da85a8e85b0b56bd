/** So that Excel reads the file as UTF-8. */
const byteOrderMark = '\uFEFF'
const number = /^-?\d+([.,]\d+)?$/
/** What spreadsheets take for the beginning of a formula, whatever room and quotes stand before it. */
const formula = /^[\s"]*[=+\-@＝＋－＠]/
/** What stands between cells for some spreadsheet: each goes by its own locale, and not by the file. */
const between = /([,;\t\r\n])/
export type Separator = ',' | ';' | '\t'

const bare = (text: string): string => text.replace(/^'+/, '')
/** Whether a spreadsheet runs it. Apostrophes of its own change nothing, so that the one before them can be taken off again. */
const isRun = (text: string): boolean => formula.test(bare(text)) && !number.test(bare(text))
const isRunWhole = (text: string): boolean => isRun(text) || /^[\t\r\n]/.test(bare(text))
const withFirst = (text: string): boolean => isRunWhole(text) || isRun(text.split(between, 1)[0] ?? '')
const marked = (text: string): string => (isRun(text) ? `'${text}` : text)
const unmarked = (text: string): string => (text.startsWith("'") && isRun(text) ? text.slice(1) : text)

/** All parts but the first, between what stands between cells somewhere. */
function inParts(text: string, change: (part: string) => string): string {
  const [first = '', ...others] = text.split(between)
  return [first, ...others.map(change)].join('')
}

/**
 * A spreadsheet would run it, as a cell or as what it takes for one: an apostrophe makes it text. A plain
 * negative number stays one.
 */
export const defused = (text: string): string => (withFirst(text) ? "'" : '') + inParts(text, marked)

/** What `defused` was given. */
export function undefused(cell: string): string {
  const text = inParts(cell, unmarked)
  return text.startsWith("'") && withFirst(text) ? text.slice(1) : text
}

const quoted = (text: string): string => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as lines of a CSV file (RFC 4180), for spreadsheets. */
export const csvLines = (rows: readonly (readonly string[])[], separator: Separator = ','): string =>
  rows.map((row) => `${row.map((cell) => quoted(defused(cell))).join(separator)}\r\n`).join('')

/** The whole file, or its beginning where more lines follow. No `sep=` line: Excel would then not read it as UTF-8. */
export const csvOf = (rows: readonly (readonly string[])[], separator: Separator = ','): string =>
  byteOrderMark + csvLines(rows, separator)

/** A name that no title can turn into a folder, or into a file of another kind. */
export const fileName = (name: string): string =>
  name.replace(/[\\/:*?"<>|\p{C}\u2028\u2029]+/gu, '-').replace(/^\.+/, '')

/** Offers the lines as a file of this name. */
export function saveFile(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(name)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
