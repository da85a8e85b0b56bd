import { z } from 'zod'
import { classAttentions } from '../../db/values.ts'
import { cursor, id, optional, pageSize, seats, seen, words } from '../input.ts'
import { createManyOf, manyOfList, textsAlike } from '../records/input.ts'

/** Every class is one of them: without a capacity it has seats left. */
const classSeats = ['left', 'full'] as const
export type ClassSeats = (typeof classSeats)[number]

const filters = {
  search: z.string().max(200).default(''),
  academicSessionId: id.optional(),
  courseId: id.optional(),
  roomId: id.optional(),
  instructorId: id.optional(),
  departmentId: id.optional(),
  attention: z.enum(classAttentions).optional(),
  seats: z.enum(classSeats).optional(),
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
  capacity: optional(seats),
  /** These replace the class's terms: a missing one is taken away. */
  academicSessionIds: z.array(id).max(20),
}
const fields = { title: words(200), ...others }

export const createClassInput = z.strictObject({ title: fields.title, ...z.object(others).partial().shape })
export type CreateClassInput = z.infer<typeof createClassInput>

const overrideReason = optional(words(500))

export const updateClassInput = z.strictObject({
  ...seen,
  ...z.object(fields).partial().shape,
  overrideReason: overrideReason.optional(),
})
export type UpdateClassInput = z.infer<typeof updateClassInput>

export const alikeClassesInput = z.strictObject({ titles: textsAlike })
export type AlikeClassesInput = z.infer<typeof alikeClassesInput>

export const createManyClassesInput = createManyOf(createClassInput, {
  academicSessionIds: z.array(z.string().max(100)).max(20).optional(),
})
const { courseId, roomId, capacity, academicSessionIds } = others
export const {
  update: updateManyClassesInput,
  archive: archiveManyClassesInput,
  restore: restoreManyClassesInput,
} = manyOfList(countClassesInput, { courseId, roomId, capacity, academicSessionIds, overrideReason })
