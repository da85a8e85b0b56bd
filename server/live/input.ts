import { z } from 'zod'

/** The number of the last entry of the school's journal that was heard: what came after it is told first. */
export const listenInput = z
  .strictObject({
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
  })
  .prefault({})
