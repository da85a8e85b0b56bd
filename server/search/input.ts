import { z } from 'zod'

export const findInput = z.strictObject({
  /** Any part of a name, number, e-mail, title or code; every word must be found. */
  text: z.string().max(200),
})
export type FindInput = z.infer<typeof findInput>
