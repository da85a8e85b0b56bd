import { z } from 'zod'
import { classAttentions } from '../../db/values.ts'
import { cursor, id, optional, pageSize, seats, seen, words } from '../input.ts'
import { createManyOf, manyOfList } from '../records/input.ts'

const filters = {
  /** Any part of a title or code; every word must be found. */
  search: z.string().max(200).default(''),
  academicSessionId: id.optional(),
  courseId: id.optional(),
  /** The room it usually meets in. */
  roomId: id.optional(),
  /** Who teaches it, or taught it. */
  instructorId: id.optional(),
  /** The department of its course. */
  departmentId: id.optional(),
  attention: z.enum(classAttentions).optional(),
  archived: z.boolean().default(false),
}
export const countClassesInput = z.strictObject(filters)
export type CountClassesInput = z.infer<typeof countClassesInput>

export const listClassesInput = z.strictObject({ ...filters, cursor, limit: pageSize })
export type ListClassesInput = z.infer<typeof listClassesInput>

const others = {
  code: optional(words(100)),
  courseId: optional(id),
  roomId: optional(id),
  /** None for no limit. */
  capacity: optional(seats),
  /** All the terms it runs in: a term that is not among them is taken away. */
  academicSessionIds: z.array(id).max(20),
}
const fields = { title: words(200), ...others }

export const createClassInput = z.strictObject({ title: fields.title, ...z.object(others).partial().shape })
export type CreateClassInput = z.infer<typeof createClassInput>

/** Only the fields that are to change, and the version they were read at. */
export const updateClassInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateClassInput = z.infer<typeof updateClassInput>

export const createManyClassesInput = createManyOf(createClassInput, {
  academicSessionIds: z.array(z.string().max(100)).max(20).optional(),
})
const { courseId, roomId, capacity, academicSessionIds } = others
export const {
  update: updateManyClassesInput,
  archive: archiveManyClassesInput,
  restore: restoreManyClassesInput,
} = manyOfList(countClassesInput, { courseId, roomId, capacity, academicSessionIds })
