import { z } from 'zod'
import { recordEntities } from '../../db/values.ts'
import { id } from '../input.ts'

/** A browser's tab names itself, anew each time the page is loaded. */
const tab = z.uuid().toLowerCase()

/** Which record the tab shows. */
export const keepPresenceInput = z.strictObject({
  tab,
  entity: z.enum(recordEntities),
  entityId: id,
  isEditing: z.boolean().default(false),
})
export type KeepPresenceInput = z.infer<typeof keepPresenceInput>
export const removePresenceInput = z.strictObject({ tab })
export type RemovePresenceInput = z.infer<typeof removePresenceInput>
