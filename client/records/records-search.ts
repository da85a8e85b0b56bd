/** A list that comes whole, as its URL says it: what is looked for, which records, in which order. */
export interface RecordsSearch {
  q?: string | undefined
  archived?: 'yes' | undefined
  /** A column's id; the server's own order is left out. */
  by?: string | undefined
  order?: 'desc' | undefined
  /** The columns beside the first, in their order: 'code,credits'. */
  cols?: string | undefined
}

const text = (value: unknown, longest: number): string | undefined =>
  (typeof value === 'string' && value.trim().slice(0, longest)) || undefined

export const readRecordsSearch = ({ q, archived, by, order, cols }: Record<string, unknown>): RecordsSearch => ({
  q: text(q, 200),
  archived: archived === 'yes' ? 'yes' : undefined,
  by: text(by, 30),
  order: order === 'desc' ? 'desc' : undefined,
  cols: text(cols, 200),
})

/** What a new record is to be part of, such as the term above it. */
export const readNewRecordSearch = ({ parent }: Record<string, unknown>): { parent?: string | undefined } => ({
  parent: text(parent, 36),
})
