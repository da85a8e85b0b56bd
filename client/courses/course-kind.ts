import { area } from '../messages/languages.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Course = Outputs['courses']['get']
export type CourseRow = Outputs['courses']['list'][number]

export const courseWords = area('courses')

export const courseKind: ListedKind<Course, keyof Inputs['courses']['create']> = {
  procedures: (trpc) => trpc.courses,
  path: 'courses',
  entity: 'course',
  write: 'course.write',
  nameOf: ({ title }) => title,
  words: courseWords,
}
