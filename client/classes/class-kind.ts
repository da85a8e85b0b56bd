import { area } from '../messages/languages.ts'
import type { RecordKind } from '../records/record-kind.ts'
import type { Outputs } from '../trpc.ts'

export type SchoolClass = Outputs['classes']['get']

export const classFormWords = area('classForm')

export const classKind: RecordKind<SchoolClass> = {
  procedures: (trpc) => trpc.classes,
  path: 'classes',
  entity: 'class',
  write: 'class.write',
  nameOf: ({ title }) => title,
  words: classFormWords,
}
