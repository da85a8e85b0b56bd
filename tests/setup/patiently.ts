import { UnavailableError } from '../../db/errors.ts'
import { DomainError } from '../../server/errors.ts'

function isBusy(error: unknown): boolean {
  const { cause } = error as { cause?: unknown }
  if (cause instanceof DomainError) return cause.reason === 'database.unavailable'
  return error instanceof UnavailableError && error.trouble === 'busy'
}

/** Asks again, as a screen does, when a busy machine lets a write wait for its turn longer than the database allows. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error)) throw error
    }
}
