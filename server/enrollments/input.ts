import { z } from 'zod'
import { id } from '../input.ts'

export const listEnrollmentsInput = z.strictObject({ studentId: id })
export type ListEnrollmentsInput = z.infer<typeof listEnrollmentsInput>
