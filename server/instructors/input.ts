import { z } from 'zod'
import { employments, instructorStatuses } from '../../db/values.ts'
import { atName, email, hasName, id, names, optional, seen, words } from '../input.ts'
import { createManyOf, updateManyOf } from '../records/input.ts'

const others = {
  middleName: optional(words(100)),
  preferredName: optional(words(100)),
  email: optional(email),
  employment: optional(z.enum(employments)),
  status: z.enum(instructorStatuses),
  departmentId: optional(id),
}

export const createInstructorInput = z
  .strictObject({ ...names, ...z.object(others).partial().shape })
  .refine(hasName, atName)
export const updateInstructorInput = z.strictObject({ ...seen, ...z.object({ ...names, ...others }).partial().shape })

export const createManyInstructorsInput = createManyOf(createInstructorInput)
const { employment, status, departmentId } = others
export const updateManyInstructorsInput = updateManyOf({ employment, status, departmentId })
