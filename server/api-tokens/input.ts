import { z } from 'zod'
import { byId, id, words } from '../input.ts'
import { serviceRoles } from '../members/input.ts'

/** What a token may be given: the register's records, and neither its people, nor its settings, nor what can't be taken back. */
export const tokenScopes = [
  'academicSession.read',
  'academicSession.write',
  'class.read',
  'class.write',
  'course.read',
  'course.write',
  'department.read',
  'department.write',
  'enrollment.write',
  'guardian.read',
  'guardian.write',
  'instructor.read',
  'instructor.write',
  'journal.read',
  'program.read',
  'program.write',
  'room.read',
  'room.write',
  'student.read',
  'student.readAlerts',
  'student.readMedical',
  'student.readPrivate',
  'student.write',
  'timetable.read',
] as const
export type TokenScope = (typeof tokenScopes)[number]

/** In days. */
export const longestLife = 365

const shared = {
  scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
  days: z.int().min(1).max(longestLife),
}

/** `memberId` is a service's; without it the token is one's own. */
export const createApiTokenInput = z.strictObject({ name: words(100), ...shared, memberId: id.optional() })
export type CreateApiTokenInput = z.infer<typeof createApiTokenInput>

export const createServiceInput = z.strictObject({ name: words(100), role: z.enum(serviceRoles), ...shared })
export type CreateServiceInput = z.infer<typeof createServiceInput>

export const revokeApiTokenInput = byId
