import { z } from 'zod'
import { seen } from '../input.ts'

export const seenInput = z.strictObject(seen)
export type SeenInput = z.infer<typeof seenInput>

/** What is to become of that which stands on a record: the archiving is refused unless people have said. */
export const standingChoices = ['ask', 'keep', 'end'] as const
export const archiveInput = z.strictObject({ ...seen, standing: z.enum(standingChoices).default('ask') })
export type ArchiveInput = z.infer<typeof archiveInput>

/** A short list comes whole: those in use, or the archived ones. */
export const listRecordsInput = z.strictObject({ archived: z.boolean().default(false) }).prefault({})
export type ListRecordsInput = z.infer<typeof listRecordsInput>
