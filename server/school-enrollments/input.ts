import { z } from 'zod'
import { schoolEntryTypes, schoolExitTypes } from '../../db/values.ts'
import { id, optional, seen, words } from '../input.ts'

export const listSchoolEnrollmentsInput = z.strictObject({ studentId: id })
export type ListSchoolEnrollmentsInput = z.infer<typeof listSchoolEnrollmentsInput>

const day = z.iso.date()
const destination = optional(words(200))
const fields = {
  beginDate: day,
  endDate: optional(day),
  gradeLevel: optional(words(50)),
  entryType: optional(z.enum(schoolEntryTypes)),
  exitType: optional(z.enum(schoolExitTypes)),
  destination,
  /** The part of a full-time place: 0.5 is half of one. */
  fte: z.string().regex(/^\d(\.\d{1,3})?$/),
}
const { beginDate, ...others } = fields

export const createSchoolEnrollmentInput = z.strictObject({
  studentId: id,
  beginDate,
  ...z.object(others).partial().shape,
})
export type CreateSchoolEnrollmentInput = z.infer<typeof createSchoolEnrollmentInput>

export const updateSchoolEnrollmentInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateSchoolEnrollmentInput = z.infer<typeof updateSchoolEnrollmentInput>

export const leaveSchoolInput = z.strictObject({
  studentId: id,
  /** The days that end, as somebody saw them. Where the school knows none, `beginDate` says when they began. */
  seen: z.strictObject(seen).optional(),
  beginDate: day.optional(),
  endDate: day,
  exitType: z.enum(schoolExitTypes),
  destination: destination.optional(),
  /** Her places in classes end on the same day, and those on waitlists now. */
  endsClasses: z.boolean(),
})
export type LeaveSchoolInput = z.infer<typeof leaveSchoolInput>
