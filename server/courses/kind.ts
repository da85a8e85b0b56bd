import { courses } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const courseKind: Kind<typeof courses> = {
  entity: 'course',
  table: courses,
  notFound: 'course.not_found',
  stale: 'course.stale',
  unique: { field: 'code', taken: 'course.code_taken' },
}
