import { classInstructors } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const classInstructorKind: Kind<typeof classInstructors> = {
  entity: 'classInstructor',
  table: classInstructors,
  notFound: 'classInstructor.not_found',
  stale: 'classInstructor.stale',
}
