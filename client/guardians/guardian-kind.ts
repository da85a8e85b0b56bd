import { area } from '../messages/languages.ts'
import { fullName } from '../people.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Guardian = Outputs['guardians']['get']
export type GuardianRow = Outputs['guardians']['list']['rows'][number]

export const guardianWords = area('guardians')

export const guardianKind: ListedKind<Guardian, keyof Inputs['guardians']['create']> = {
  procedures: (trpc) => trpc.guardians,
  path: 'guardians',
  entity: 'guardian',
  write: 'guardian.write',
  nameOf: fullName,
  words: guardianWords,
}
