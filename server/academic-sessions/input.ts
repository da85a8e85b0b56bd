import { z } from 'zod'
import { academicSessionTypes } from '../../db/values.ts'
import { id, optional, seen, words } from '../input.ts'
import { createManyOf, updateManyOf } from '../records/input.ts'

const others = {
  /** A school year is named by the year in which it ends. */
  schoolYear: optional(z.int().min(1900).max(2200)),
  parentId: optional(id),
}
const fields = {
  title: words(200),
  type: z.enum(academicSessionTypes),
  startDate: z.iso.date(),
  endDate: z.iso.date(),
  ...others,
}

export const createAcademicSessionInput = z.strictObject({ ...fields, ...z.object(others).partial().shape })
export const updateAcademicSessionInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })

export const createManyAcademicSessionsInput = createManyOf(createAcademicSessionInput)
export const updateManyAcademicSessionsInput = updateManyOf(others)
