/** Screens that show these records ask again. */
import type { RecordRef } from '../context.ts'

export const changedHeader = 'x-changed'
/** Proxies accept a few kilobytes of headers. */
export const idsAtMost = 32

/** The text is such as 'student:<id>,enrollment:<id>'; many records are named by kind alone, none as 'none'. */
export function changedText(records: readonly RecordRef[]): string {
  const named = new Set(records.map(({ entity, id }) => `${entity}:${id}`))
  const kinds = new Set(records.map(({ entity }) => entity))
  return [...(named.size > idsAtMost ? kinds : named)].join(',') || 'none'
}
