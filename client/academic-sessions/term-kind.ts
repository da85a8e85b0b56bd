import { area } from '../messages/languages.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

/** OneRoster calls it an academic session; people say term, and mean a year as well. */
export type Term = Outputs['academicSessions']['get']
export type TermRow = Outputs['academicSessions']['list'][number]

export const termWords = area('terms')

export const termKind: ListedKind<Term, keyof Inputs['academicSessions']['create']> = {
  procedures: (trpc) => trpc.academicSessions,
  path: 'terms',
  entity: 'academicSession',
  write: 'academicSession.write',
  nameOf: ({ title }) => title,
  words: termWords,
}
