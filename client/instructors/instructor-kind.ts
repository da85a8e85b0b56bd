import { instructors } from '../messages/en-instructors.ts'
import type { Area } from '../messages/messages.tsx'
import type { ListedKind } from '../records/record-kind.ts'
import { fullName } from '../students/student-name.ts'
import type { Outputs } from '../trpc.ts'

export type Instructor = Outputs['instructors']['get']
export type InstructorRow = Outputs['instructors']['list'][number]

export const instructorWords: Area<ReturnType<typeof instructors>> = { en: instructors }

export const instructorKind: ListedKind<Instructor> = {
  feature: 'instructors',
  path: 'instructors',
  entity: 'instructor',
  write: 'instructor.write',
  nameOf: fullName,
  words: instructorWords,
}
