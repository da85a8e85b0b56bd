import { z } from 'zod'
import { recordEntities } from '../../db/values.ts'
import { id } from '../input.ts'

const tab = z.uuid().toLowerCase()

export const keepPresenceInput = z.strictObject({
  tab,
  entity: z.enum(recordEntities),
  entityId: id,
  isEditing: z.boolean().default(false),
})
export type KeepPresenceInput = z.infer<typeof keepPresenceInput>
export const removePresenceInput = z.strictObject({ tab })
export type RemovePresenceInput = z.infer<typeof removePresenceInput>
