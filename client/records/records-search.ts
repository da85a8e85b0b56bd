import { oneOf, textFrom } from '../address-search.ts'

/** A list as its URL says it: what is looked for, which records, in which order. */
export interface RecordsSearch {
  q?: string | undefined
  archived?: 'yes' | undefined
  /** A column's id; the server's own order is left out. */
  by?: string | undefined
  order?: 'desc' | undefined
  /** The columns beside the first, in their order: 'code,credits'. */
  cols?: string | undefined
}

/** Whatever stands in the URL, the page has something to show: what makes no sense is left out. */
export const readRecordsSearch = (raw: Record<string, unknown>): RecordsSearch => ({
  q: textFrom(raw.q, 200),
  archived: oneOf(raw.archived, ['yes']),
  by: textFrom(raw.by, 30),
  order: oneOf(raw.order, ['desc']),
  cols: textFrom(raw.cols, 200),
})

/** What a new record is to be part of, such as the term above it. */
export const readNewRecordSearch = ({ parent }: Record<string, unknown>): { parent?: string | undefined } => ({
  parent: textFrom(parent, 36),
})
