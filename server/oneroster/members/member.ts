import type { Shelf } from '../../../db/scratch/shelf.ts'
import type { DayRange } from '../../calendar.ts'
import type { Row } from '../read/row.ts'

export const memberEntities = ['enrollment', 'classInstructor'] as const
export type MemberEntity = (typeof memberEntities)[number]
export const personEntity = { enrollment: 'student', classInstructor: 'instructor' } as const
export const personField = { enrollment: 'studentId', classInstructor: 'instructorId' } as const

export interface Member extends DayRange {
  sourcedId: string
  row: Row
  isPrimary: boolean
  /** The row is deleted, or no longer in this class. */
  isGone: boolean
  /** The bundle has the row in another class, or of another person. */
  isMoved: boolean
  isKept: boolean
}
/** The key is [school, class, entity, person, sourcedId]. */
export type Members = Shelf<Member>
