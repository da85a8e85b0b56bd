import { z } from 'zod'

export const findInput = z.strictObject({
  /** Every word must be found, anywhere in a name, number, e-mail, title or code. */
  text: z.string().max(200),
})
export type FindInput = z.infer<typeof findInput>
