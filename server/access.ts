/** Who may do what, and what a role sees: one table. `tests/server/access.test.ts` prints it and tries every cell. */
import type { Role } from '../db/values.ts'

const everybody = ['administrator', 'registrar', 'instructor', 'viewer'] as const
const office = ['administrator', 'registrar'] as const

export const permissions = {
  'class.read': everybody,
  'program.read': everybody,
  'student.read': everybody,
  /** Birth date and addresses. */
  'student.readPrivate': office,
  'student.write': office,
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions

export const allows = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)

/** The permissions of a role, for the screens to hide what can't be reached. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => allows(role, permission))
