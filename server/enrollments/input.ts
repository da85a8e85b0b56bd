import { z } from 'zod'
import { withdrawalReasons } from '../../db/values.ts'
import { id, optional, seen, words } from '../input.ts'

export const listEnrollmentsInput = z.strictObject({ studentId: id })
export type ListEnrollmentsInput = z.infer<typeof listEnrollmentsInput>

const grade = optional(words(20))
const note = optional(words(500))
const day = z.iso.date()

/** Out of the class, or off its waitlist. */
export const withdrawInput = z.strictObject({
  ...seen,
  reason: z.enum(withdrawalReasons),
  note: note.optional(),
  /** The last day in the class: today, or an earlier one. */
  endDate: day.optional(),
})
export type WithdrawInput = z.infer<typeof withdrawInput>

export const completeInput = z.strictObject({
  ...seen,
  grade: grade.optional(),
  /** The last day in the class: today, or an earlier one. */
  endDate: day.optional(),
})
export type CompleteInput = z.infer<typeof completeInput>

/** Only the fields that are to change, and the version they were read at. */
export const updateEnrollmentInput = z.strictObject({
  ...seen,
  /** None for "since the class began". */
  beginDate: optional(day).optional(),
  /** None while it goes on; a day to come holds the seat until then. */
  endDate: optional(day).optional(),
  grade: grade.optional(),
  note: note.optional(),
})
export type UpdateEnrollmentInput = z.infer<typeof updateEnrollmentInput>

export const enrollAtOnce = 500

/** One student or many: all of them, or none. */
export const enrollInput = z.strictObject({
  classId: id,
  studentIds: z.array(id).min(1).max(enrollAtOnce),
  /** The first day; today, or the class's first day when that is still to come. */
  beginDate: z.iso.date().optional(),
  /** Whether those who find no seat are to wait for one; else they are refused as `class.full`. */
  waitlist: z.boolean().default(false),
})
export type EnrollInput = z.infer<typeof enrollInput>
