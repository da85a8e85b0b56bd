/** The file goes with the first release that requires `operations.deed`: older operations name only their procedure. */
import type { Deed, JournalEntity, OperationWay } from '../../db/values.ts'
import { deeds } from '../../db/values.ts'
import type { Did } from '../journal/entry.ts'

const words: Record<string, Deed> = {
  create: 'add',
  add: 'add',
  update: 'change',
  remove: 'archive',
  promote: 'enroll',
  invite: 'add',
}

function deedOf(procedure: string): Deed {
  const verb = (procedure.split('.').at(-1) ?? '').replace(/(Many|All|Matching)$/, '')
  return words[verb] ?? deeds.find((deed) => deed === verb) ?? 'change'
}

const irregular: Record<string, JournalEntity> = { classes: 'class', members: 'membership', invitations: 'membership' }
const ofEnrollment: readonly Deed[] = ['enroll', 'withdraw', 'complete', 'reinstate']

/** `changed` are the kinds of the changed records, the most frequent first. */
export function formerDid(
  { procedure, way }: { procedure: string; way: OperationWay },
  changed: readonly JournalEntity[],
): Did {
  if (way === 'import') return { deed: 'import', about: null }
  const deed = deedOf(procedure)
  const feature = procedure.split('.')[0] ?? ''
  const meant = ofEnrollment.includes(deed) ? 'enrollment' : (irregular[feature] ?? feature.slice(0, -1))
  const about = changed.find((entity) => entity === meant) ?? null
  return /\.(withdraw|complete|reinstate|promote)$/.test(procedure) ? { deed, about, isOfOne: true } : { deed, about }
}
