import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'

/** Refuses a medical note that comes from somebody who may write students, but not these. */
export function requireMedical(
  { actor }: Pick<Context, 'actor'>,
  items: readonly ({ medicalNote?: unknown } | undefined)[],
) {
  const isWritten = items.some((item) => item?.medicalNote !== undefined)
  if (isWritten && !allows(actor, 'student.writeMedical')) throw new DomainError('permission.missing')
}
