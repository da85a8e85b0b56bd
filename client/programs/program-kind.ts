import { area } from '../messages/languages.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Program = Outputs['programs']['get']
export type ProgramRow = Outputs['programs']['list'][number]

export const programWords = area('programs')

export const programKind: ListedKind<Program, keyof Inputs['programs']['create']> = {
  procedures: (trpc) => trpc.programs,
  path: 'programs',
  entity: 'program',
  write: 'program.write',
  nameOf: ({ name }) => name,
  words: programWords,
}
