import type { Trouble } from '../db/errors.ts'
import { ConstraintError, UnavailableError } from '../db/errors.ts'
import { UnstorableError } from '../db/kinds.ts'
import type { RecordEntity } from '../db/values.ts'
import { recordEntities, recordKinds } from '../db/values.ts'

export type ErrorCode = 'not_found' | 'conflict' | 'stale' | 'invalid' | 'forbidden' | 'unauthenticated' | 'unavailable'

type OfKinds = { [E in RecordEntity as `${E}.not_found`]: 'not_found' } & {
  [E in RecordEntity as `${E}.stale`]: 'stale'
} & {
  [E in RecordEntity as `${E}.${NonNullable<(typeof recordKinds)[E]['unique']>}_taken`]: 'conflict'
}
const ofKinds = Object.fromEntries(
  recordEntities.flatMap((entity): [string, ErrorCode][] => {
    const { unique } = recordKinds[entity]
    const taken: [string, ErrorCode][] = unique ? [[`${entity}.${unique}_taken`, 'conflict']] : []
    return [[`${entity}.not_found`, 'not_found'], [`${entity}.stale`, 'stale'], ...taken]
  }),
) as OfKinds

const others = {
  'academicSession.dates_order': 'invalid',
  'academicSession.dates_outside': 'invalid',
  'academicSession.leaves_out': 'conflict',
  'academicSession.parent_shorter': 'invalid',
  'apiToken.not_found': 'not_found',
  'apiToken.too_many': 'conflict',
  'bellSchedule.name_taken': 'conflict',
  'bellSchedule.not_found': 'not_found',
  'bellSchedule.stale': 'stale',
  'calendar.not_found': 'not_found',
  'calendar.stale': 'stale',
  'calendarDay.stale': 'stale',
  'class.capacity_below': 'conflict',
  'class.full': 'conflict',
  'classInstructor.dates_order': 'invalid',
  'classInstructor.not_found': 'not_found',
  'classInstructor.overlaps': 'conflict',
  'classInstructor.stale': 'stale',
  'database.full': 'unavailable',
  'database.read_only': 'unavailable',
  'database.unavailable': 'unavailable',
  'database.unsure': 'unavailable',
  'demo.none': 'conflict',
  'demo.only': 'conflict',
  'demo.there': 'conflict',
  'email.taken': 'conflict',
  'enrollment.archived': 'conflict',
  'enrollment.dates_order': 'invalid',
  'enrollment.end_ahead': 'invalid',
  'enrollment.not_found': 'not_found',
  'enrollment.not_open': 'conflict',
  'enrollment.overlaps': 'conflict',
  'enrollment.same_class': 'conflict',
  'enrollment.stale': 'stale',
  'enrollment.waits': 'conflict',
  'flag.not_found': 'not_found',
  'flag.not_so_fine': 'invalid',
  'flag.stale': 'stale',
  'guardian.already_linked': 'conflict',
  'import.broke_off': 'conflict',
  'import.gone': 'conflict',
  'import.moved_on': 'conflict',
  'import.not_found': 'not_found',
  'import.nothing_left': 'conflict',
  'import.refused': 'invalid',
  'import.stopped': 'conflict',
  'import.too_large': 'invalid',
  'import.too_many': 'conflict',
  'import.undone': 'conflict',
  'input.invalid': 'invalid',
  'input.unstorable': 'invalid',
  'instructor.has_account': 'conflict',
  'link.expired': 'not_found',
  'link.has_account': 'conflict',
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
  'member.service': 'conflict',
  'member.stale': 'stale',
  'member.yourself': 'conflict',
  'merge.same': 'invalid',
  'move.done': 'conflict',
  'move.no_server': 'conflict',
  'move.no_target': 'conflict',
  'move.none': 'conflict',
  'move.under_way': 'conflict',
  'operation.key_missing': 'invalid',
  'operation.key_reused': 'conflict',
  'operation.not_found': 'not_found',
  'operation.repeated': 'conflict',
  'origin.foreign': 'forbidden',
  'owner.last': 'conflict',
  'owner.only': 'forbidden',
  'owner.password': 'conflict',
  'password.choose': 'invalid',
  'password.common': 'invalid',
  'password.same': 'invalid',
  'password.wrong': 'invalid',
  'period.code_taken': 'conflict',
  'period.not_found': 'not_found',
  'period.stale': 'stale',
  'permission.changed': 'forbidden',
  'permission.missing': 'forbidden',
  'photo.gone': 'conflict',
  'photo.invalid': 'invalid',
  'photo.not_found': 'not_found',
  'record.alike': 'conflict',
  'record.erased': 'conflict',
  'record.in_use': 'conflict',
  'record.merged': 'conflict',
  'person.name_missing': 'invalid',
  'record.name_differs': 'invalid',
  'record.not_archived': 'conflict',
  'record.not_found': 'not_found',
  'request.broken_off': 'invalid',
  'request.too_large': 'invalid',
  'request.too_many': 'unavailable',
  'request.two_ways': 'invalid',
  'savedView.name_taken': 'conflict',
  'savedView.not_found': 'not_found',
  'savedView.stale': 'stale',
  'savedView.too_many': 'conflict',
  'school.not_found': 'not_found',
  'schoolEnrollment.dates_order': 'invalid',
  'schoolEnrollment.no_first_day': 'conflict',
  'schoolEnrollment.not_found': 'not_found',
  'schoolEnrollment.overlaps': 'conflict',
  'schoolEnrollment.stale': 'stale',
  'school.slug_taken': 'conflict',
  'school.source_taken': 'conflict',
  'school.stale': 'stale',
  'server.busy': 'unavailable',
  'session.missing': 'unauthenticated',
  'session.not_found': 'not_found',
  'session.too_many_attempts': 'unavailable',
  'session.unconfirmed': 'unauthenticated',
  'session.wrong_password': 'unauthenticated',
  'student.status_by_days': 'conflict',
  'studentAlert.not_found': 'not_found',
  'studentAlert.stale': 'stale',
  'studentGuardian.not_found': 'not_found',
  'studentGuardian.stale': 'stale',
  'token.missing': 'unauthenticated',
  'token.not_valid': 'unauthenticated',
  'undo.changed': 'conflict',
  'undo.elsewhere': 'conflict',
  'undo.erased': 'conflict',
  'undo.import': 'conflict',
  'undo.impossible': 'conflict',
  'undo.invitation': 'conflict',
  'undo.rights': 'conflict',
  'undo.sign_in': 'conflict',
  'version.missing': 'invalid',
  'webhook.insecure': 'invalid',
  'webhook.no_address': 'conflict',
  'webhook.no_secret': 'conflict',
  'webhook.not_found': 'not_found',
  'webhook.number_ahead': 'invalid',
  'webhook.private_address': 'invalid',
  'webhook.stale': 'stale',
  'webhook.too_many': 'conflict',
  'write.too_many': 'unavailable',
} as const satisfies Record<string, ErrorCode>
export const reasons: OfKinds & typeof others = { ...ofKinds, ...others }
export type Reason = keyof typeof reasons

/** `details` goes to the client unchanged, so it must not hold secrets. */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly reason: Reason
  readonly code: ErrorCode
  readonly details: object | undefined

  /** Only the log shows `cause`. */
  constructor(reason: Reason, details?: object, cause?: Error) {
    super(reason, cause && { cause })
    this.reason = reason
    this.code = reasons[reason]
    this.details = details
  }
}

/** The names of these constraints do not show what they mean. */
const constraintReasons: Record<string, Reason> = {
  academic_sessions_parent_fk: 'academicSession.not_found',
  // One row of a date, or of a period in a bell schedule, is used again and again: only an undo can add a second one.
  bell_schedules_name_uq: 'bellSchedule.name_taken',
  bell_times_uq: 'undo.changed',
  calendar_days_uq: 'undo.changed',
  class_instructors_uq: 'classInstructor.overlaps',
  enrollments_begin_uq: 'enrollment.overlaps',
  import_pieces_import_fk: 'import.gone',
  memberships_user_uq: 'member.already',
  operations_pk: 'operation.key_reused',
  periods_code_uq: 'period.code_taken',
  schools_slug_uq: 'school.slug_taken',
  schools_source_sourced_id_uq: 'school.source_taken',
  school_enrollments_begin_uq: 'schoolEnrollment.overlaps',
  sessions_pkey: 'operation.repeated',
  // A write replaces the address of its kind, so only an undo can add a second one.
  student_addresses_kind_uq: 'undo.changed',
  student_guardians_uq: 'guardian.already_linked',
  users_email_uq: 'email.taken',
}
const isReason = (reason: string): reason is Reason => reason in reasons

/** The name shows the reason: `students_program_fk` means that a program was not found. */
function constraintReason(name: string): Reason | undefined {
  const known = recordEntities.flatMap((entity) => {
    const { path, unique } = recordKinds[entity]
    if (name === `${path}_${unique}_uq`) return `${entity}.${unique}_taken`
    return name.endsWith(`_${snake(entity)}_fk`) ? `${entity}.not_found` : []
  })
  return constraintReasons[name] ?? known.find(isReason)
}
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const troubleReasons: Record<Trouble, Reason> = {
  away: 'database.unavailable',
  busy: 'database.unavailable',
  full: 'database.full',
  readOnly: 'database.read_only',
  unsure: 'database.unsure',
  moved: 'database.unavailable',
}

export function domainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error
  if (error instanceof UnavailableError) return new DomainError(troubleReasons[error.trouble], undefined, error)
  if (error instanceof UnstorableError) return new DomainError('input.unstorable')
  const reason = error instanceof ConstraintError && constraintReason(error.constraint)
  return reason ? new DomainError(reason) : undefined
}
