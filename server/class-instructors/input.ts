import { z } from 'zod'
import { id, optional, seen, words } from '../input.ts'

const fields = {
  /** A class has one primary instructor: the one before loses the mark. */
  isPrimary: z.boolean(),
  /** A null begins with the class. */
  beginDate: optional(z.iso.date()),
  /** The day is the last one; a null has no end yet. */
  endDate: optional(z.iso.date()),
}
const some = {
  ...z.object(fields).partial().shape,
  overrideReason: optional(words(500)).optional(),
}

export const createClassInstructorInput = z.strictObject({ classId: id, instructorId: id, ...some })
export type CreateClassInstructorInput = z.infer<typeof createClassInstructorInput>

export const updateClassInstructorInput = z.strictObject({ ...seen, ...some })
export type UpdateClassInstructorInput = z.infer<typeof updateClassInstructorInput>
