/** Who may do what, and what a role sees: one table. `tests/server/access.test.ts` prints it and tries every cell. */
import type { Role } from '../db/values.ts'

const everybody = ['administrator', 'registrar', 'instructor', 'viewer'] as const
/** Everybody but instructors, who see their own classes and the students in them. */
const wide = ['administrator', 'registrar', 'viewer'] as const
const office = ['administrator', 'registrar'] as const
/** Those who have a student in front of them. */
const carers = ['administrator', 'registrar', 'instructor'] as const
const administrators = ['administrator'] as const

export const permissions = {
  'academicSession.read': everybody,
  'academicSession.write': office,
  'class.read': everybody,
  'class.write': office,
  'course.read': wide,
  'course.write': office,
  'department.read': wide,
  'department.write': office,
  'enrollment.write': office,
  'guardian.read': office,
  'guardian.write': office,
  'home.read': everybody,
  'instructor.read': wide,
  'instructor.write': office,
  /** Who did what and when: of each record, what one may see of the record itself. Instructors have no history. */
  'journal.read': wide,
  /** Taking back what one did oneself, as long as one may write it. */
  'journal.undo': everybody,
  'journal.undoOthers': office,
  /** Hearing that a record has changed which one may read. */
  'live.listen': everybody,
  'meeting.write': office,
  'member.read': administrators,
  'member.write': administrators,
  /** Taking all that is known of a person out of the register, for good. */
  'person.erase': administrators,
  'program.read': everybody,
  'program.write': office,
  'room.read': wide,
  'room.write': office,
  'savedView.read': everybody,
  /** Keeping a view for everybody. */
  'savedView.share': office,
  /** One's own views. */
  'savedView.write': everybody,
  'student.merge': office,
  'student.read': everybody,
  /** What whoever has the student in front of them must know. */
  'student.readAlerts': carers,
  /** Birth date and addresses. */
  'student.readPrivate': office,
  /** Who of the school's members can see the student. */
  'student.readViewers': office,
  'student.write': office,
  /** How the installation is doing: numbers of all its schools together, nothing about a person. */
  'system.read': administrators,
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions

export const allows = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)

/** The permissions of a role, for the screens to hide what can't be reached. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => allows(role, permission))
