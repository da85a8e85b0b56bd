import { z } from 'zod'
import { id } from '../input.ts'

/** The records that have a page of their own. */
const opened = [
  'student',
  'guardian',
  'instructor',
  'class',
  'course',
  'academicSession',
  'room',
  'department',
  'program',
] as const

/** A browser's tab names itself, anew each time the page is loaded. */
const tab = z.uuid().toLowerCase()

/** Which record the tab shows. */
export const keepPresenceInput = z.strictObject({
  tab,
  entity: z.enum(opened),
  entityId: id,
  isEditing: z.boolean().default(false),
})
export type KeepPresenceInput = z.infer<typeof keepPresenceInput>
export const removePresenceInput = z.strictObject({ tab })
export type RemovePresenceInput = z.infer<typeof removePresenceInput>
