import { z } from 'zod'
import { id, optional, seen } from '../input.ts'

const fields = {
  /** A class has one primary instructor: who was it before is it no more. */
  isPrimary: z.boolean(),
  /** None for "since the class began". */
  beginDate: optional(z.iso.date()),
  /** The last day; none while it goes on. */
  endDate: optional(z.iso.date()),
}
const some = z.object(fields).partial().shape

export const createClassInstructorInput = z.strictObject({ classId: id, instructorId: id, ...some })
export type CreateClassInstructorInput = z.infer<typeof createClassInstructorInput>

/** Only the fields that are to change, and the version they were read at. */
export const updateClassInstructorInput = z.strictObject({ ...seen, ...some })
export type UpdateClassInstructorInput = z.infer<typeof updateClassInstructorInput>
