/** Every error of the system, in one list: a stable reason, and which of the seven kinds it is. */
import { ConstraintError, UnavailableError } from '../db/errors.ts'
import { UnstorableError } from '../db/kinds.ts'

export type ErrorCode = 'not_found' | 'conflict' | 'stale' | 'invalid' | 'forbidden' | 'unauthenticated' | 'unavailable'

export const reasons = {
  'class.not_found': 'not_found',
  'database.unavailable': 'unavailable',
  'email.taken': 'conflict',
  'input.invalid': 'invalid',
  'input.unstorable': 'invalid',
  'link.expired': 'not_found',
  'operation.key_missing': 'invalid',
  'operation.key_reused': 'conflict',
  'operation.repeated': 'conflict',
  'origin.foreign': 'forbidden',
  'password.common': 'invalid',
  'permission.missing': 'forbidden',
  'program.not_found': 'not_found',
  'request.too_large': 'invalid',
  'school.not_found': 'not_found',
  'school.slug_taken': 'conflict',
  'session.missing': 'unauthenticated',
  'session.wrong_password': 'unauthenticated',
  'session.too_many_attempts': 'unavailable',
  'student.not_found': 'not_found',
  'student.number_taken': 'conflict',
  'student.stale': 'stale',
} as const satisfies Record<string, ErrorCode>
export type Reason = keyof typeof reasons

/** What domain code throws. `details` goes to the client as it is: nothing in it may be secret from the caller. */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly reason: Reason
  readonly code: ErrorCode
  readonly details: object | undefined

  constructor(reason: Reason, details?: object) {
    super(reason)
    this.reason = reason
    this.code = reasons[reason]
    this.details = details
  }
}

/** What it means to a person that a constraint refused a write. */
const constraintReasons: Record<string, Reason> = {
  operations_pk: 'operation.key_reused',
  schools_slug_uq: 'school.slug_taken',
  sessions_pkey: 'operation.repeated',
  students_number_uq: 'student.number_taken',
  students_program_fk: 'program.not_found',
  users_email_uq: 'email.taken',
}

/** The domain error behind any failure; undefined for a failure nobody foresaw. */
export function domainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error
  if (error instanceof UnavailableError) return new DomainError('database.unavailable')
  if (error instanceof UnstorableError) return new DomainError('input.unstorable')
  const reason = error instanceof ConstraintError && constraintReasons[error.constraint]
  return reason ? new DomainError(reason) : undefined
}
