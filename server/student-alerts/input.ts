import { z } from 'zod'
import { alertKinds } from '../../db/values.ts'
import { id, seen, words } from '../input.ts'

export const listStudentAlertsInput = z.strictObject({ studentId: id })
export type ListStudentAlertsInput = z.infer<typeof listStudentAlertsInput>

const fields = { kind: z.enum(alertKinds), text: words(500) }

export const createStudentAlertInput = z.strictObject({ studentId: id, ...fields })
export type CreateStudentAlertInput = z.infer<typeof createStudentAlertInput>

export const updateStudentAlertInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateStudentAlertInput = z.infer<typeof updateStudentAlertInput>
