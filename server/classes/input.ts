import { z } from 'zod'
import { cursor, id, pageSize } from '../input.ts'

const filters = {
  /** Any part of a title or code; every word must be found. */
  search: z.string().max(200).default(''),
  academicSessionId: id.optional(),
  archived: z.boolean().default(false),
}
export const countClassesInput = z.strictObject(filters)
export type CountClassesInput = z.infer<typeof countClassesInput>

export const listClassesInput = z.strictObject({ ...filters, cursor, limit: pageSize })
export type ListClassesInput = z.infer<typeof listClassesInput>
