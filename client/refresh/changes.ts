/** A mutation's answer names the changed records in a header, which server/runtime/changed-header.ts writes. */
import type { JournalEntity } from '../../db/values.ts'
import { journalEntities } from '../../db/values.ts'

export interface Change {
  entity: JournalEntity
  /** Missing where too many records were changed to name them. */
  id?: string | undefined
}
export type Changes = readonly Change[]

interface Named {
  entity: string
  id: string | undefined
}
const known: ReadonlySet<string> = new Set(journalEntities)
const isKnown = (one: Named): one is Named & Change => known.has(one.entity)

/** Undefined where an older server names nothing, or a newer one names a kind that this page does not know. */
export function changesNamedBy(answer: Response | undefined): Changes | undefined {
  const text = answer?.headers.get('x-changed')
  if (!text) return undefined
  if (text === 'none') return []
  const named = text.split(',').map((one) => {
    const [entity = '', id] = one.split(':')
    return { entity, id } satisfies Named
  })
  return named.every(isKnown) ? named : undefined
}
