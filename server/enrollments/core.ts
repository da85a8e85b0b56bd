import { enrollments } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import type { FieldsOf, KindCore, RowOf } from '../records/kind.ts'

export type EnrollmentRow = RowOf<typeof enrollments>
export type EnrollmentFields = FieldsOf<typeof enrollments>

export const enrollmentCore: KindCore<typeof enrollments> = {
  entity: 'enrollment',
  table: enrollments,
  notFound: 'enrollment.not_found',
  stale: 'enrollment.stale',
}

export const isWaiting = ({ status, archivedAt }: EnrollmentRow): boolean => status === 'waitlisted' && !archivedAt

/** A later first day holds the seat from now on. */
export const holdsSeat = ({ status, endDate, archivedAt }: EnrollmentRow, day: string): boolean =>
  status === 'enrolled' && !archivedAt && (endDate === null || endDate >= day)

/** A student who waits, or begins later, has not been in the class. */
export const hasSat = ({ status, beginDate }: EnrollmentRow, day: string): boolean =>
  status !== 'waitlisted' && (beginDate === null || beginDate <= day)

export interface Leaving {
  withdrawalReason: NonNullable<EnrollmentRow['withdrawalReason']>
  endDate: string
  note?: string | null | undefined
}

/** A student who has never been in the class leaves no days on its roster; the journal still shows her. */
export function leaving(row: EnrollmentRow, ctx: MutationContext, { endDate, ...why }: Leaving): EnrollmentFields {
  return {
    ...why,
    status: 'withdrawn',
    waitlistPosition: null,
    ...(hasSat(row, today(ctx)) ? { endDate } : { archivedAt: ctx.now }),
  }
}
