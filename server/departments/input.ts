import { z } from 'zod'
import { seen, words } from '../input.ts'
import { createManyOf } from '../records/input.ts'

const fields = { name: words(200) }

export const createDepartmentInput = z.strictObject(fields)
export const createManyDepartmentsInput = createManyOf(createDepartmentInput)
export const updateDepartmentInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
