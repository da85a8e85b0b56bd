/** This table decides who may do what. `tests/server/access.test.ts` prints it and tries every cell. */
import type { Role } from '../db/values.ts'

const everybody = ['administrator', 'registrar', 'instructor', 'viewer'] as const
/** Instructors are left out: they see their own classes and the students in them. */
const wide = ['administrator', 'registrar', 'viewer'] as const
const office = ['administrator', 'registrar'] as const
const carers = ['administrator', 'registrar', 'instructor'] as const
const administrators = ['administrator'] as const

export const permissions = {
  'academicSession.read': everybody,
  'academicSession.write': office,
  /** Everybody may let an app in as themselves, as far as their own role goes. */
  'apiToken.write': everybody,
  'calendar.read': everybody,
  'calendar.write': office,
  'class.read': everybody,
  'class.write': office,
  'course.read': wide,
  'course.write': office,
  'department.read': wide,
  'department.write': office,
  'enrollment.write': office,
  /** An administrator sees what concerns the school; an owner of the register sees all. */
  'flag.read': administrators,
  /** Of them, only those who own the register. */
  'flag.write': administrators,
  'guardian.read': office,
  'guardian.write': office,
  'home.read': everybody,
  /** A bundle reaches only those schools in which the person who brings it has this permission. */
  'import.run': office,
  'instructor.read': wide,
  'instructor.write': office,
  /** Instructors have no history. The others see as much of a record's history as of the record. */
  'journal.read': wide,
  /** A person may also undo only what they may write. */
  'journal.undo': everybody,
  'journal.undoOthers': office,
  'live.listen': everybody,
  'meeting.write': office,
  'member.read': administrators,
  'member.write': administrators,
  'person.erase': administrators,
  'program.read': everybody,
  'program.write': office,
  'room.read': wide,
  'room.write': office,
  'savedView.read': everybody,
  'savedView.share': office,
  'savedView.write': everybody,
  'school.read': administrators,
  'school.write': administrators,
  'student.merge': office,
  'student.read': everybody,
  /** Everybody who looks after the student must know her alerts. */
  'student.readAlerts': carers,
  /** The office keeps the note; who teaches the student is told by alerts what must be done. */
  'student.readMedical': office,
  'student.readPrivate': office,
  'student.readViewers': office,
  'student.write': office,
  'student.writeMedical': office,
  /** These numbers cover all schools together and say nothing about a person. */
  'system.read': administrators,
  /** Of them, only those who own the register. */
  'system.move': administrators,
  /** It names classes, instructors and rooms of the whole school, and no student. */
  'timetable.read': everybody,
  'webhook.read': administrators,
  'webhook.write': administrators,
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions

/** Who asks: the scopes of a token narrow what its member may do now, and add nothing. */
export interface Rights {
  role: Role
  scopes?: ReadonlySet<Permission> | undefined
}
export const allows = ({ role, scopes }: Rights, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role) && (scopes?.has(permission) ?? true)

export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => allows({ role }, permission))
