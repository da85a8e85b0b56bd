import type { TRPCError } from '@trpc/server'
import type { Context as HonoContext } from 'hono'
import type { Reason } from '../errors.ts'
import { reasons } from '../errors.ts'
import type { HonoEnv } from './http.ts'

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 500 | 503 | 507

/** A call refused before its procedure has the same shape of error. */
export function refusal(
  c: HonoContext<HonoEnv>,
  status: Status,
  code: TRPCError['code'],
  reason?: Reason,
  details?: object,
): Response {
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
