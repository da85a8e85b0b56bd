/** What went wrong, for the screens to say in their own words. */
import { TRPCClientError } from '@trpc/client'
import type { ErrorCode, Reason } from '../server/errors.ts'
import type { AppRouter } from '../server/router.ts'
import type { Messages } from './messages/catalog.ts'
import { isNewer } from './versions.ts'

export interface Issue {
  code: string
  path: string
}
export interface KnownError {
  code: ErrorCode
  reason: Reason
  details?: object | undefined
  issues?: Issue[] | undefined
}

const dataOf = (error: unknown) =>
  error instanceof TRPCClientError ? ((error as TRPCClientError<AppRouter>).data ?? undefined) : undefined

export const answerTo = (error: unknown) =>
  error instanceof TRPCClientError ? (error.meta?.response as Response | undefined) : undefined

/**
 * Whether a server of an older version refused what it does not know yet: while a new version is being installed, another
 * one may know it. Nothing was changed.
 */
export function isUnknownToOlder(error: unknown): boolean {
  const data = dataOf(error)
  const isUnknown = data?.code === 'NOT_FOUND' ? !data.error : data?.error?.reason === 'input.invalid'
  return isUnknown && isNewer(__APP_VERSION__, answerTo(error)?.headers.get('x-app-version') ?? '')
}

/** The server's own error behind a failed call; undefined when nobody foresaw it or nothing answered. */
export const knownError = (error: unknown): KnownError | undefined =>
  isUnknownToOlder(error) ? undefined : (dataOf(error)?.error as KnownError | undefined)

/** One sentence about a failed call: what happened and what to do. Empty where its person left it as it was. */
export function sentenceOf(error: unknown, { errors }: Messages): string {
  const known = knownError(error)
  if (known?.reason === 'session.unconfirmed') return ''
  if (known) return errors.reasons[known.reason] ?? errors.unknown(dataOf(error)?.requestId)
  if (isUnknownToOlder(error)) return errors.installing
  if (error instanceof TRPCClientError && !error.data) return errors.noAnswer
  return errors.unknown(dataOf(error)?.requestId)
}
