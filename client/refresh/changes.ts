/** Which records were changed, as a mutation's answer names them in its header; see server/runtime/changed-header.ts. */
import type { JournalEntity } from '../../db/values.ts'
import { journalEntities } from '../../db/values.ts'

export interface Change {
  entity: JournalEntity
  /** None where so many of the kind were changed that they are not named. */
  id?: string | undefined
}
export type Changes = readonly Change[]

interface Named {
  entity: string
  id: string | undefined
}
const known: ReadonlySet<string> = new Set(journalEntities)
const isKnown = (one: Named): one is Named & Change => known.has(one.entity)

/** Undefined where a server of an older version does not say it, or a newer one names a kind that this page has not heard of. */
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
