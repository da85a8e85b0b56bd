import { z } from 'zod'
import { enrollAtOnce, withdrawalReasons } from '../../db/values.ts'
import { id, optional, seen, words } from '../input.ts'

export const listEnrollmentsInput = z.strictObject({ studentId: id })
export type ListEnrollmentsInput = z.infer<typeof listEnrollmentsInput>

const grade = optional(words(20))
const note = optional(words(500))
const day = z.iso.date()

export const withdrawInput = z.strictObject({
  ...seen,
  reason: z.enum(withdrawalReasons),
  note: note.optional(),
  /** On a last day to come, the student holds her seat until then. */
  endDate: day.optional(),
})
export type WithdrawInput = z.infer<typeof withdrawInput>

export const completeInput = z.strictObject({
  ...seen,
  grade: grade.optional(),
  endDate: day.optional(),
})
export type CompleteInput = z.infer<typeof completeInput>

export const updateEnrollmentInput = z.strictObject({
  ...seen,
  beginDate: optional(day).optional(),
  /** A null has no end yet; a later day holds the seat until then. */
  endDate: optional(day).optional(),
  grade: grade.optional(),
  note: note.optional(),
})
export type UpdateEnrollmentInput = z.infer<typeof updateEnrollmentInput>

export const enrollInput = z.strictObject({
  classId: id,
  studentIds: z.array(id).min(1).max(enrollAtOnce),
  /** The default is today, or the class's first day if that is later. */
  beginDate: z.iso.date().optional(),
  /** Without it, students who find no seat are refused as `class.full`. */
  waitlist: z.boolean().default(false),
})
export type EnrollInput = z.infer<typeof enrollInput>

const manySeen = z.array(z.strictObject(seen)).min(1).max(enrollAtOnce)

export const withdrawManyInput = z.strictObject({
  items: manySeen,
  reason: z.enum(withdrawalReasons),
  endDate: day.optional(),
})
export type WithdrawManyInput = z.infer<typeof withdrawManyInput>

export const moveManyInput = z.strictObject({
  items: manySeen,
  classId: id,
  /** The first day there. The default is today, or the class's first day if that is later. */
  beginDate: day.optional(),
})
export type MoveManyInput = z.infer<typeof moveManyInput>

export const reorderInput = z.strictObject({ classId: id, items: manySeen })
export type ReorderInput = z.infer<typeof reorderInput>
