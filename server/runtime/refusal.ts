import type { TRPCError } from '@trpc/server'
import type { Context as HonoContext } from 'hono'
import type { Reason } from '../errors.ts'
import { reasons } from '../errors.ts'
import type { HonoEnv } from './http.ts'
import type { Status } from './problem.ts'
import { isForApps, problem } from './problem.ts'

/** A call refused before its procedure has the same shape of error, and an app's the one that apps know. */
export function refusal(
  c: HonoContext<HonoEnv>,
  status: Status,
  code: TRPCError['code'],
  reason?: Reason,
  details?: object,
): Response {
  if (isForApps(c)) return problem(c, status, reason ?? code.toLowerCase())
  const { notes } = c.var
  notes.reasons.push(reason ?? code.toLowerCase())
  const error = reason && { code: reasons[reason], reason, details }
  const data = { code, httpStatus: status, error, requestId: notes.requestId }
  return c.json({ error: { message: reason ?? code.toLowerCase(), code: -32600, data } }, status)
}

/** The body is not read to its end, so nothing can follow on this connection. */
export function lastRefusal(...[c, ...why]: Parameters<typeof refusal>): Response {
  c.header('connection', 'close')
  return refusal(c, ...why)
}
