import { area } from '../messages/languages.ts'
import { fullName } from '../people.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Instructor = Outputs['instructors']['get']
export type InstructorRow = Outputs['instructors']['list'][number]

export const instructorWords = area('instructors')

export const instructorKind: ListedKind<Instructor, keyof Inputs['instructors']['create']> = {
  procedures: (trpc) => trpc.instructors,
  path: 'instructors',
  entity: 'instructor',
  write: 'instructor.write',
  nameOf: fullName,
  words: instructorWords,
}
