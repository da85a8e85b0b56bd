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

const byHead = (head: string, fields: readonly HeadField[]) =>
  fields.find(({ label, heads }) => [label, ...heads].some((one) => plain(one) === plain(head)))

/**
 * Whether the first row names the columns: one is a field, at least half of what it holds is known as a head, of a field or
 * of the list's other columns, and nothing in it is data.
 */
export function hasHeads(
  [first = []]: readonly (readonly string[])[],
  fields: readonly HeadField[],
  listHeads: readonly string[] = [],
): boolean {
  const filled = first.filter((cell) => cell.trim())
  const listed = new Set(listHeads.map(plain))
  const ofFields = filled.filter((cell) => byHead(cell, fields))
  const known = filled.filter((cell) => ofFields.includes(cell) || listed.has(plain(cell)))
  const isData = filled.some((cell) => fields.some(({ looksLike }) => looksLike?.(cell)))
  return ofFields.length > 0 && known.length * 2 >= filled.length && !isData
}

/** The field's name for each column, each field once; null where nobody can tell. */
export function guessFields(
  rows: readonly (readonly string[])[],
  withHeads: boolean,
  fields: readonly HeadField[],
): (string | null)[] {
  const [first = []] = rows
  const taken = new Set<string>()
  const take = (field: HeadField | undefined) => {
    if (!field || taken.has(field.name)) return null
    taken.add(field.name)
    return field.name
  }
  const named = first.map((head) => (withHeads ? take(byHead(head, fields)) : null))
  const cellsOf = (column: number) =>
    rows
      .slice(withHeads ? 1 : 0, 50)
      .map((row) => row[column]?.trim() ?? '')
      .filter(Boolean)
  return named.map((name, column) => {
    const cells = cellsOf(column)
    if (name || !cells.length) return name
    return take(fields.find(({ looksLike }) => looksLike && cells.every(looksLike)))
  })
}
