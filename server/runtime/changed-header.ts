/** A mutation's answer names the records it changed in this header, so that the screens which show them ask again. */
import type { RecordRef } from '../context.ts'

export const changedHeader = 'x-changed'
/** Proxies take a few kilobytes of headers in all. */
export const idsAtMost = 32

/** Such as 'student:<id>,enrollment:<id>'. Many records are named by kind alone, and no record by 'none'. */
export function changedText(records: readonly RecordRef[]): string {
  const named = new Set(records.map(({ entity, id }) => `${entity}:${id}`))
  const kinds = new Set(records.map(({ entity }) => entity))
  return [...(named.size > idsAtMost ? kinds : named)].join(',') || 'none'
}
