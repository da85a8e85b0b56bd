const renamedTable = /^ALTER TABLE [`"]?(\w+)[`"]? RENAME TO [`"]?(\w+)/i
const renamedColumn = /^ALTER TABLE [`"]?(\w+)[`"]? RENAME (?:COLUMN )?[`"]?(\w+)[`"]? TO [`"]?(\w+)/i
const copied = /^INSERT INTO [`"]?(__new_\w+)[`"]? ?\(([^)]*)\) SELECT (.*) FROM [`"]?(\w+)[`"]?;?$/is

const partsOf = (list: string): string[] =>
  list.split(/,(?![^(]*\))/).map((part) => part.trim().replaceAll(/^[`"]|[`"]$/g, ''))

const names = (expression: string, column: string) => new RegExp(`(?<![\\w.])${column}(?!\\w)`).test(expression)

const nowhere = ''

function moved(what: string, statement: string): string {
  const [table = '', column] = what.split('.')
  const placed = (to: string, as = column) => (as === undefined ? to : `${to}.${as}`)
  const [, from, to = ''] = renamedTable.exec(statement) ?? []
  if (from === table) return placed(to)
  const [, of, old, name] = renamedColumn.exec(statement) ?? []
  if (of === table && old === column && name) return placed(table, name)
  const [, copy = '', into = '', sources = '', source] = copied.exec(statement) ?? []
  if (source !== table) return what
  if (column === undefined) return copy
  const target = partsOf(into)[partsOf(sources).findIndex((part) => names(part, column))]
  return target === undefined ? nowhere : placed(copy, target)
}

/** `what` is a table or `table.column`; so is the answer, empty when no column takes the values over. */
export const placeAfter = (what: string, statements: readonly string[]): string => statements.reduce(moved, what)
