import { z } from 'zod'
import { email, words } from '../input.ts'

/** NIST SP 800-63B: length is what counts; every character counts as typed. */
export const passwordLength = { min: 12, max: 128 } as const

const token = z.string().min(20).max(100)

export const createSessionInput = z.strictObject({ email, password: z.string().min(1).max(passwordLength.max) })
export type CreateSessionInput = z.infer<typeof createSessionInput>

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
export const timeZone = z.string().max(60).refine(isTimeZone)
export const locale = z
  .string()
  .max(35)
  .refine((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag))

export const administratorFields = {
  name: words(200),
  email,
  password: z.string().min(passwordLength.min).max(passwordLength.max),
}

export const checkSetupInput = z.strictObject({ token })
export const createSetupInput = z.strictObject({
  token,
  ...administratorFields,
  school: z.strictObject({ name: words(200), timeZone, locale }),
})
export type CreateSetupInput = z.infer<typeof createSetupInput>
