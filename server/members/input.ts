import { z } from 'zod'
import { roles } from '../../db/values.ts'
import { email, id, optional, seen, words } from '../input.ts'

const role = z.enum(roles)
/** A service is an app: it administers nothing and teaches nobody. */
export const serviceRoles = ['viewer', 'registrar'] as const

export const inviteMemberInput = z.strictObject({
  name: words(200),
  email,
  role,
  instructorId: optional(id).optional(),
})
export type InviteMemberInput = z.infer<typeof inviteMemberInput>

export const updateMemberInput = z.strictObject({
  ...seen,
  role: role.optional(),
  instructorId: optional(id).optional(),
})
export type UpdateMemberInput = z.infer<typeof updateMemberInput>
