import type { Deed, HistoryEntity } from '../../db/values.ts'
import { deeds, historyEntities } from '../../db/values.ts'
import { idFrom, oneOf } from '../address-search.ts'
import type { Inputs } from '../trpc.ts'

/** What the page of all that happened is narrowed to, as its URL says it. */
export interface HistorySearch {
  /** A person's id, or the way of what nobody did by hand. */
  by?: string | undefined
  kind?: HistoryEntity | undefined
  did?: Deed | undefined
  /** The first and the last day, 'YYYY-MM-DD'. */
  from?: string | undefined
  to?: string | undefined
}

const dayFrom = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !/^[1-9]\d{3}-\d\d-\d\d$/.test(value)) return undefined
  return new Date(value).toJSON()?.slice(0, 10) === value ? value : undefined
}

/** Whatever stands in the URL, the page has something to show: what makes no sense is left out. */
export const readHistorySearch = (raw: Record<string, unknown>): HistorySearch => ({
  by: oneOf(raw.by, ['import', 'cli']) ?? idFrom(raw.by),
  kind: oneOf(raw.kind, historyEntities),
  did: oneOf(raw.did, deeds),
  from: dayFrom(raw.from),
  to: dayFrom(raw.to),
})

export const historyInput = ({ by, kind, did, from, to }: HistorySearch): Inputs['journal']['list'] => ({
  ...((by === 'import' || by === 'cli') && { way: by }),
  ...(by && by !== 'import' && by !== 'cli' && { actorId: by }),
  ...(kind && { entity: kind }),
  ...(did && { action: did }),
  ...(from && { from }),
  ...(to && { to }),
})

export const noFilters = { by: undefined, kind: undefined, did: undefined, from: undefined, to: undefined }
export type HistoryFilter = keyof HistorySearch
/** The filters that are set, in the order in which the page has them. */
export const filtersSet = (search: HistorySearch): HistoryFilter[] =>
  (['by', 'kind', 'did', 'from', 'to'] as const).filter((filter) => search[filter])
