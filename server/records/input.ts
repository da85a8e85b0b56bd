import { z } from 'zod'
import { seen } from '../input.ts'

export const seenInput = z.strictObject(seen)
export type SeenInput = z.infer<typeof seenInput>

/** What is to become of that which stands on a record: the archiving is refused unless people have said. */
export const standingChoices = ['ask', 'keep', 'end'] as const
export const archiveInput = z.strictObject({ ...seen, standing: z.enum(standingChoices).default('ask') })
export type ArchiveInput = z.infer<typeof archiveInput>
