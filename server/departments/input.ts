import { z } from 'zod'
import { seen, words } from '../input.ts'
import { createManyOf } from '../records/input.ts'

const fields = { name: words(200) }

export const createDepartmentInput = z.strictObject(fields)
export const createManyDepartmentsInput = createManyOf(createDepartmentInput)
/** Only the fields that are to change, and the version they were read at. */
export const updateDepartmentInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
