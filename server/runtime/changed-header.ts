/** The header by which a mutation's answer names the records that were changed, for the screens that show them. */
import type { RecordRef } from '../context.ts'

export const changedHeader = 'x-changed'
/** Proxies take a few kilobytes of headers in all. */
export const idsAtMost = 32

/** 'student:<id>,enrollment:<id>'; kinds without ids where there are too many, 'none' where nothing was changed. */
export function changedText(records: readonly RecordRef[]): string {
  const named = new Set(records.map(({ entity, id }) => `${entity}:${id}`))
  const kinds = new Set(records.map(({ entity }) => entity))
  return [...(named.size > idsAtMost ? kinds : named)].join(',') || 'none'
}
