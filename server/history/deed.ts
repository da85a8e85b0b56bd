import type { Deed, JournalEntity } from '../../db/values.ts'
import { deeds } from '../../db/values.ts'

export type { Deed } from '../../db/values.ts'

const words: Record<string, Deed> = {
  create: 'add',
  add: 'add',
  update: 'change',
  remove: 'archive',
  promote: 'enroll',
  invite: 'add',
}

/** From the procedure's name, such as 'students.createMany'; an unknown one adds or changes, as the record's version says. */
export function deedOf(procedure: string, version: number): Deed {
  const verb = (procedure.split('.').at(-1) ?? '').replace(/(Many|All|Matching)$/, '')
  const known = words[verb] ?? deeds.find((deed) => deed === verb)
  return known ?? (version === 1 ? 'add' : 'change')
}

/** The last words of the procedures that do it, without their endings for many. */
export const verbsOf = (deed: Deed): string[] => [deed, ...Object.keys(words).filter((verb) => words[verb] === deed)]

const irregular: Record<string, JournalEntity> = { classes: 'class', members: 'membership', invitations: 'membership' }
const ofEnrollment: readonly Deed[] = ['enroll', 'withdraw', 'complete', 'reinstate']

/** Which kind of record the operation was about, among those it changed. */
export function aboutOf(procedure: string, changed: readonly JournalEntity[]): JournalEntity | undefined {
  const feature = procedure.split('.')[0] ?? ''
  const meant = ofEnrollment.includes(deedOf(procedure, 1))
    ? 'enrollment'
    : (irregular[feature] ?? feature.slice(0, -1))
  return changed.find((entity) => entity === meant) ?? changed[0]
}

/** It changed one record as somebody asked, and others that followed, such as who came off the waitlist. */
export const isOfOne = (procedure: string): boolean => /\.(withdraw|complete|reinstate|promote)$/.test(procedure)
