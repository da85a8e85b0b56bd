import type { TRPCError } from '@trpc/server'
import type { Context as HonoContext } from 'hono'
import type { Reason } from '../errors.ts'
import { reasons } from '../errors.ts'
import type { HonoEnv } from './http.ts'

type Status = 400 | 403 | 405 | 413 | 415 | 503

/** What is answered before a procedure sees the call: an error in the shape that a procedure's error has. */
export function refusal(
  c: HonoContext<HonoEnv>,
  status: Status,
  code: TRPCError['code'],
  reason?: Reason,
  details?: object,
): Response {
  const { seen } = c.var
  seen.reasons.push(reason ?? code.toLowerCase())
  const error = reason && { code: reasons[reason], reason, details }
  const data = { code, httpStatus: status, error, requestId: seen.requestId }
  return c.json({ error: { message: reason ?? code.toLowerCase(), code: -32600, data } }, status)
}

/** The same, where the call's body is not read to the end: nothing can follow on this connection. */
export function lastRefusal(...[c, ...why]: Parameters<typeof refusal>): Response {
  c.header('connection', 'close')
  return refusal(c, ...why)
}
