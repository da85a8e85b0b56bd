import { z } from 'zod'
import { id, optional, seen, words } from '../input.ts'
import { createManyOf, updateManyOf } from '../records/input.ts'

const others = {
  code: optional(words(100)),
  /** Credits are such as '1' or '0.50', kept with two decimals. */
  credits: optional(
    z
      .string()
      .trim()
      .regex(/^\d{1,4}(\.\d{1,2})?$/)
      .transform((credits) => Number(credits).toFixed(2)),
  ),
  departmentId: optional(id),
}
const fields = { title: words(200), ...others }

export const createCourseInput = z.strictObject({ title: fields.title, ...z.object(others).partial().shape })
export const updateCourseInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })

export const createManyCoursesInput = createManyOf(createCourseInput)
export const updateManyCoursesInput = updateManyOf({ credits: others.credits, departmentId: others.departmentId })
