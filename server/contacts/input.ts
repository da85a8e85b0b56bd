import { z } from 'zod'
import { id } from '../input.ts'

/** As many students as one question about contacts names, and as one sheet for paper takes. */
export const contactsAtOnce = 500
export const sheetAtMost = 2_000

export const listContactsInput = z.strictObject({ studentIds: z.array(id).min(1).max(contactsAtOnce) })
export type ListContactsInput = z.infer<typeof listContactsInput>
