import { z } from 'zod'
import { email, id, words } from '../input.ts'
import { locale, timeZone } from '../schools/input.ts'

/** NIST SP 800-63B: only the length counts, and a password is used exactly as typed. */
export const passwordLength = { min: 12, max: 128 } as const

const token = z.string().min(20).max(100)

const newPassword = z.string().min(passwordLength.min).max(passwordLength.max)
/** An older password may be shorter than today's rule. */
const oldPassword = z.string().min(1).max(passwordLength.max)

export const createSessionInput = z.strictObject({ email, password: oldPassword })
export type CreateSessionInput = z.infer<typeof createSessionInput>

export const administratorFields = {
  name: words(200),
  email,
  password: newPassword,
}

export const checkSetupInput = z.strictObject({ token })
export const createSetupInput = z.strictObject({
  token,
  ...administratorFields,
  school: z.strictObject({ name: words(200), timeZone, locale }),
})
export type CreateSetupInput = z.infer<typeof createSetupInput>

export const getInvitationInput = z.strictObject({ token })
/** Whoever has an account proves it by its present password. */
export const acceptInvitationInput = z.strictObject({
  token,
  password: newPassword.optional(),
  presentPassword: oldPassword.optional(),
})
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>

export const changePasswordInput = z.strictObject({ oldPassword, newPassword })
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

export const revokeSessionInput = z.strictObject({ sessionId: id })
