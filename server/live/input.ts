import { z } from 'zod'

/** News after this entry of the journal comes first. */
export const listenInput = z
  .strictObject({
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
  })
  .prefault({})
