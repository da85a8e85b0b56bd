import type { SQL } from 'drizzle-orm'
import { gte, isNull, or } from 'drizzle-orm'
import { classInstructors } from '../../db/schema/index.ts'
import type { KindCore } from '../records/kind.ts'

export const classInstructorCore: KindCore<typeof classInstructors> = {
  entity: 'classInstructor',
  table: classInstructors,
  notFound: 'classInstructor.not_found',
  stale: 'classInstructor.stale',
}

export const isOpenOn = (day: string): SQL | undefined =>
  or(isNull(classInstructors.endDate), gte(classInstructors.endDate, day))
