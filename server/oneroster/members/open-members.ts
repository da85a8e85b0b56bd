import type { DayRange } from '../../calendar.ts'
import type { Wanted } from '../comparison/comparison.ts'
import type { Stored } from '../comparison/known.ts'
import type { MemberEntity } from './member.ts'

/** The school's date is 'YYYY-MM-DD'. A student who waits is no longer the file's. */
export function isOpen(entity: MemberEntity, row: Stored, day: string): boolean {
  const { endDate } = row as DayRange & Stored
  return (
    !row.archivedAt && (entity !== 'enrollment' || row.status === 'enrolled') && (endDate === null || endDate > day)
  )
}

export const isWaiting = ({ archivedAt, status }: Stored): boolean => !archivedAt && status === 'waitlisted'

const left = { status: 'withdrawn', waitlistPosition: null, withdrawalReason: 'other' }

/** The last day is today; what has not begun is archived. */
export function endedOn(entity: MemberEntity, row: Stored, day: string): Wanted {
  const { beginDate } = row as DayRange & Stored
  const hasBegun = row.status !== 'waitlisted' && (beginDate === null || beginDate <= day)
  return {
    archived: !hasBegun,
    fields: { ...(entity === 'enrollment' && left), ...(hasBegun && { endDate: day }) },
  }
}
