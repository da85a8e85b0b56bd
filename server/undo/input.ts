import { z } from 'zod'
import { id } from '../input.ts'

export const undoInput = z.strictObject({ operationId: id })
export type UndoInput = z.infer<typeof undoInput>
