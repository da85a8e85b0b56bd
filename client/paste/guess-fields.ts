/** Which field each pasted column is, as far as its head or its cells tell. */
export interface HeadField {
  name: string
  label: string
  /** Other heads that mean the same. */
  heads: readonly string[]
  /** Whether a cell can hardly be anything else. */
  looksLike?(cell: string): boolean
}

/** Without case, accents and punctuation: 'E-Mail' is 'e mail'. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The field's own name comes first, and then the heads that mean the same in their order; -1 is none of them. */
const rankOf = ({ label, heads }: HeadField, head: string): number =>
  [label, ...heads].findIndex((one) => plain(one) === plain(head))

const byHead = (head: string, fields: readonly HeadField[]) =>
  head.trim() ? fields.find((field) => rankOf(field, head) >= 0) : undefined

/**
 * Whether these are the heads of columns: one is a field, at least half of what they say is known as a head, of a field or
 * of the list's other columns, and nothing in it is data.
 */
export function areHeads(
  row: readonly string[],
  fields: readonly HeadField[],
  listHeads: readonly string[] = [],
): boolean {
  const filled = row.filter((cell) => cell.trim())
  const listed = new Set(listHeads.map(plain))
  const ofFields = filled.filter((cell) => byHead(cell, fields))
  const known = filled.filter((cell) => ofFields.includes(cell) || listed.has(plain(cell)))
  const isData = filled.some((cell) => fields.some(({ looksLike }) => looksLike?.(cell)))
  return ofFields.length > 0 && known.length * 2 >= filled.length && !isData
}

/** What stands above the data: so many rows, and what the columns are called. */
export interface Heads {
  rows: number
  labels: string[]
}
export const noHeads: Heads = { rows: 0, labels: [] }

/** A cell that spans columns is copied as one that holds the text and others that are empty: 'Mother' over 'Name', 'Phone'. */
function labelsOf(row: readonly string[], above: readonly string[], fields: readonly HeadField[]): string[] {
  let group = ''
  return row.map((cell, column) => {
    const own = cell.trim()
    const over = above[column]?.trim() ?? ''
    group = over || group
    const both = `${group} ${own}`.trim()
    return own && byHead(both, fields) ? both : own || over
  })
}
const filledIn = (row: readonly string[]): number => row.filter((cell) => cell.trim()).length

/** Titles and groups of columns stand in the rows above; people name columns in the first few rows. */
const lookedAt = 5

export function findHeads(
  cells: readonly (readonly string[])[],
  fields: readonly HeadField[],
  listHeads: readonly string[] = [],
): Heads {
  for (const [at, row] of cells.slice(0, lookedAt).entries()) {
    const above = cells[at - 1] ?? []
    const labels = labelsOf(row, above, fields)
    if (!areHeads(labels, fields, listHeads)) continue
    if (cells.slice(0, at).some((one) => filledIn(one) > filledIn(row))) continue
    const below = cells[at + 1] ?? []
    const named = labelsOf(below, row, fields)
    const areNamed = below.every((cell, n) => !cell.trim() || byHead(named[n] ?? '', fields))
    const isFuller = filledIn(below) > filledIn(row) && areHeads(named, fields, listHeads)
    // Only a cell that spans columns leaves room for heads below it: a person may be called Name.
    const hasRoom = row.some((cell, n) => !cell.trim() && below[n]?.trim())
    const isSecond = hasRoom && (areNamed || isFuller)
    return isSecond ? { rows: at + 2, labels: named } : { rows: at + 1, labels }
  }
  return noHeads
}

/** What the columns are called where somebody says that heads stand there, known or not. */
export function takeHeads(
  cells: readonly (readonly string[])[],
  fields: readonly HeadField[],
  listHeads: readonly string[] = [],
): Heads {
  const found = findHeads(cells, fields, listHeads)
  return found.rows ? found : { rows: 1, labels: (cells[0] ?? []).map((cell) => cell.trim()) }
}

/** The field's name for each column, each field once; null where nobody can tell, and for the list's other columns. */
export function guessFields(
  rows: readonly (readonly string[])[],
  { rows: above, labels }: Heads,
  fields: readonly HeadField[],
  listHeads: readonly string[] = [],
): (string | null)[] {
  const listed = new Set(listHeads.map(plain))
  const taken = new Set<string>()
  const take = (field: HeadField | undefined) => {
    if (!field || taken.has(field.name)) return null
    taken.add(field.name)
    return field.name
  }
  const headed = (rows[0] ?? []).map((_, column) => byHead(labels[column] ?? '', fields))
  const ranks = headed.map((field, column) => (field ? rankOf(field, labels[column] ?? '') : 0))
  const isBest = (field: HeadField, column: number) =>
    headed.every((other, at) => other !== field || (ranks[at] ?? 0) >= (ranks[column] ?? 0))
  const named = headed.map((field, column) => (field && isBest(field, column) ? take(field) : null))
  const cellsOf = (column: number) =>
    rows
      .slice(above, 50)
      .map((row) => row[column]?.trim() ?? '')
      .filter(Boolean)
  return named.map((name, column) => {
    const cells = cellsOf(column)
    if (name || !cells.length || listed.has(plain(labels[column] ?? ''))) return name
    return take(fields.find(({ looksLike }) => looksLike && cells.every(looksLike)))
  })
}
