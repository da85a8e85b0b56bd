/** Every error of the system, in one list: a stable reason, and which of the seven kinds it is. */
import type { Trouble } from '../db/errors.ts'
import { ConstraintError, UnavailableError } from '../db/errors.ts'
import { UnstorableError } from '../db/kinds.ts'

export type ErrorCode = 'not_found' | 'conflict' | 'stale' | 'invalid' | 'forbidden' | 'unauthenticated' | 'unavailable'

export const reasons = {
  'academicSession.dates_order': 'invalid',
  'academicSession.dates_outside': 'invalid',
  'academicSession.leaves_out': 'conflict',
  'academicSession.not_found': 'not_found',
  'academicSession.parent_shorter': 'invalid',
  'academicSession.stale': 'stale',
  'class.capacity_below': 'conflict',
  'class.full': 'conflict',
  'class.not_found': 'not_found',
  'class.stale': 'stale',
  'classInstructor.dates_order': 'invalid',
  'classInstructor.not_found': 'not_found',
  'classInstructor.overlaps': 'conflict',
  'classInstructor.stale': 'stale',
  'course.code_taken': 'conflict',
  'course.not_found': 'not_found',
  'course.stale': 'stale',
  'database.full': 'unavailable',
  'database.read_only': 'unavailable',
  'database.unavailable': 'unavailable',
  'database.unsure': 'unavailable',
  'department.name_taken': 'conflict',
  'department.not_found': 'not_found',
  'department.stale': 'stale',
  'email.taken': 'conflict',
  'enrollment.archived': 'conflict',
  'enrollment.dates_order': 'invalid',
  'enrollment.end_ahead': 'invalid',
  'enrollment.not_found': 'not_found',
  'enrollment.not_open': 'conflict',
  'enrollment.overlaps': 'conflict',
  'enrollment.stale': 'stale',
  'enrollment.waits': 'conflict',
  'guardian.already_linked': 'conflict',
  'guardian.not_found': 'not_found',
  'guardian.stale': 'stale',
  'input.invalid': 'invalid',
  'input.unstorable': 'invalid',
  'instructor.has_account': 'conflict',
  'instructor.not_found': 'not_found',
  'instructor.stale': 'stale',
  'link.expired': 'not_found',
  'live.too_many': 'unavailable',
  'many.changed': 'conflict',
  'many.refused': 'conflict',
  'many.too_many': 'invalid',
  'meeting.already_held': 'conflict',
  'meeting.conflicts': 'conflict',
  'meeting.dates_order': 'invalid',
  'meeting.not_found': 'not_found',
  'meeting.stale': 'stale',
  'member.already': 'conflict',
  'member.disabled': 'conflict',
  'member.instructor_taken': 'conflict',
  'member.last_administrator': 'conflict',
  'member.not_found': 'not_found',
  'member.pending': 'conflict',
  'member.rights_elsewhere': 'forbidden',
  'member.stale': 'stale',
  'merge.same': 'invalid',
  'operation.key_missing': 'invalid',
  'operation.key_reused': 'conflict',
  'operation.not_found': 'not_found',
  'operation.repeated': 'conflict',
  'origin.foreign': 'forbidden',
  'password.common': 'invalid',
  'password.wrong': 'invalid',
  'permission.missing': 'forbidden',
  'program.name_taken': 'conflict',
  'program.not_found': 'not_found',
  'program.stale': 'stale',
  'record.erased': 'conflict',
  'record.in_use': 'conflict',
  'record.merged': 'conflict',
  'record.name_differs': 'invalid',
  'record.not_archived': 'conflict',
  'record.not_found': 'not_found',
  'request.too_large': 'invalid',
  'room.name_taken': 'conflict',
  'room.not_found': 'not_found',
  'room.stale': 'stale',
  'savedView.name_taken': 'conflict',
  'savedView.not_found': 'not_found',
  'savedView.stale': 'stale',
  'school.not_found': 'not_found',
  'school.slug_taken': 'conflict',
  'server.busy': 'unavailable',
  'session.missing': 'unauthenticated',
  'session.not_found': 'not_found',
  'session.too_many_attempts': 'unavailable',
  'session.wrong_password': 'unauthenticated',
  'student.not_found': 'not_found',
  'student.number_taken': 'conflict',
  'student.stale': 'stale',
  'studentAlert.not_found': 'not_found',
  'studentAlert.stale': 'stale',
  'studentGuardian.not_found': 'not_found',
  'studentGuardian.stale': 'stale',
  'undo.changed': 'conflict',
  'undo.elsewhere': 'conflict',
  'undo.erased': 'conflict',
  'undo.import': 'conflict',
  'undo.impossible': 'conflict',
  'undo.invitation': 'conflict',
  'undo.rights': 'conflict',
  'undo.sign_in': 'conflict',
} as const satisfies Record<string, ErrorCode>
export type Reason = keyof typeof reasons

/** What domain code throws. `details` goes to the client as it is: nothing in it may be secret from the caller. */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly reason: Reason
  readonly code: ErrorCode
  readonly details: object | undefined

  /** `cause` is for the log alone. */
  constructor(reason: Reason, details?: object, cause?: Error) {
    super(reason, cause && { cause })
    this.reason = reason
    this.code = reasons[reason]
    this.details = details
  }
}

/** What it means to a person that a constraint refused a write. */
const constraintReasons: Record<string, Reason> = {
  academic_sessions_parent_fk: 'academicSession.not_found',
  class_instructors_instructor_fk: 'instructor.not_found',
  class_terms_academic_session_fk: 'academicSession.not_found',
  classes_course_fk: 'course.not_found',
  class_instructors_uq: 'classInstructor.overlaps',
  classes_room_fk: 'room.not_found',
  courses_code_uq: 'course.code_taken',
  courses_department_fk: 'department.not_found',
  departments_name_uq: 'department.name_taken',
  enrollments_begin_uq: 'enrollment.overlaps',
  enrollments_class_fk: 'class.not_found',
  enrollments_student_fk: 'student.not_found',
  instructors_department_fk: 'department.not_found',
  meetings_room_fk: 'room.not_found',
  memberships_instructor_fk: 'instructor.not_found',
  memberships_user_uq: 'member.already',
  operations_pk: 'operation.key_reused',
  programs_department_fk: 'department.not_found',
  programs_name_uq: 'program.name_taken',
  rooms_name_uq: 'room.name_taken',
  schools_slug_uq: 'school.slug_taken',
  sessions_pkey: 'operation.repeated',
  // Only an undo puts an address back beside a newer one: whoever writes one replaces the other.
  student_addresses_kind_uq: 'undo.changed',
  student_alerts_student_fk: 'student.not_found',
  student_guardians_guardian_fk: 'guardian.not_found',
  student_guardians_student_fk: 'student.not_found',
  student_guardians_uq: 'guardian.already_linked',
  students_number_uq: 'student.number_taken',
  students_program_fk: 'program.not_found',
  users_email_uq: 'email.taken',
}

const troubleReasons: Record<Trouble, Reason> = {
  away: 'database.unavailable',
  busy: 'database.unavailable',
  full: 'database.full',
  readOnly: 'database.read_only',
  unsure: 'database.unsure',
}

/** The domain error behind any failure; undefined for a failure nobody foresaw. */
export function domainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error
  if (error instanceof UnavailableError) return new DomainError(troubleReasons[error.trouble], undefined, error)
  if (error instanceof UnstorableError) return new DomainError('input.unstorable')
  const reason = error instanceof ConstraintError && constraintReasons[error.constraint]
  return reason ? new DomainError(reason) : undefined
}
