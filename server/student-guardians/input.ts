import { z } from 'zod'
import { guardianRelations } from '../../db/values.ts'
import { createGuardianInput } from '../guardians/input.ts'
import { id, optional, seen, words } from '../input.ts'

export const listStudentGuardiansInput = z.strictObject({ studentId: id })
export type ListStudentGuardiansInput = z.infer<typeof listStudentGuardiansInput>

const marks = {
  hasCustody: z.boolean(),
  mayPickUp: z.boolean(),
  livesWith: z.boolean(),
  /** No contact with the student: takes pick-up and living together away. */
  isBarred: z.boolean(),
  note: optional(words(500)),
  /** Who is called first: 1, 2, 3 … The others make room; beyond the last it is the last. */
  priority: z.int().min(1).max(1000),
}
const relation = z.enum(guardianRelations)

/** A guardian whom the school knows, by `guardianId`, or a new one. */
export const createStudentGuardianInput = z
  .strictObject({
    studentId: id,
    guardianId: id.optional(),
    guardian: createGuardianInput.optional(),
    relation,
    ...z.object(marks).partial().shape,
  })
  .refine(({ guardianId, guardian }) => !(guardianId && guardian), { path: ['guardian'] })
export type CreateStudentGuardianInput = z.infer<typeof createStudentGuardianInput>

/** Only the fields that are to change, and the version they were read at. */
export const updateStudentGuardianInput = z.strictObject({
  ...seen,
  ...z.object({ relation, ...marks }).partial().shape,
})
export type UpdateStudentGuardianInput = z.infer<typeof updateStudentGuardianInput>
