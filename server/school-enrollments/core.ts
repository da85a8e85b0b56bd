import { schoolEnrollments } from '../../db/schema/index.ts'
import type { StudentStatus } from '../../db/values.ts'
import { covers } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import type { FieldsOf, KindCore, RowOf } from '../records/kind.ts'

export type SchoolEnrollmentRow = RowOf<typeof schoolEnrollments>
export type SchoolEnrollmentFields = FieldsOf<typeof schoolEnrollments>

export const schoolEnrollmentCore: KindCore<typeof schoolEnrollments> = {
  entity: 'schoolEnrollment',
  table: schoolEnrollments,
  notFound: 'schoolEnrollment.not_found',
  stale: 'schoolEnrollment.stale',
  /** Who stays has no way out. */
  derive: ({ endDate, fte }) => ({
    fte: fte ?? '1.000',
    ...(endDate === null && { exitType: null, destination: null }),
  }),
  require: ({ beginDate, endDate }) => {
    if (endDate !== null && beginDate > endDate) throw new DomainError('schoolEnrollment.dates_order')
  },
}

export const rowOn = (rows: readonly SchoolEnrollmentRow[], day: string): SchoolEnrollmentRow | undefined =>
  rows.find((row) => covers(row, day))

export const statusBy = (rows: readonly SchoolEnrollmentRow[], day: string): StudentStatus =>
  rowOn(rows, day) ? 'active' : 'inactive'
