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
  /** Without contact, picking up and living together end too. */
  isBarred: z.boolean(),
  note: optional(words(500)),
  /** The guardian with 1 is called first. A number beyond the last is the last. */
  priority: z.int().min(1).max(1000),
}
const relation = z.enum(guardianRelations)

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

export const updateStudentGuardianInput = z.strictObject({
  ...seen,
  ...z.object({ relation, ...marks }).partial().shape,
})
export type UpdateStudentGuardianInput = z.infer<typeof updateStudentGuardianInput>
