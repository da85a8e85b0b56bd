import { z } from 'zod'
import { programTypes } from '../../db/values.ts'
import { id, optional, seen, words } from '../input.ts'
import { createManyOf, updateManyOf } from '../records/input.ts'

const others = { departmentId: optional(id) }
const fields = { name: words(200), type: z.enum(programTypes), ...others }

export const createProgramInput = z.strictObject({ ...fields, ...z.object(others).partial().shape })
export const updateProgramInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })

export const createManyProgramsInput = createManyOf(createProgramInput)
export const updateManyProgramsInput = updateManyOf({ type: fields.type, ...others })
