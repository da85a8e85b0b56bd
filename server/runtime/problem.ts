/** How apps are refused: RFC 9457, with the reasons that screens know too. */
import type { Context as HonoContext } from 'hono'
import type { HonoEnv } from './http.ts'

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
} as const
export type Status = keyof typeof titles

export const isForApps = (c: HonoContext<HonoEnv>): boolean => c.req.path.startsWith('/api/')

export function problem(c: HonoContext<HonoEnv>, status: Status, reason: string, more: object = {}): Response {
  const { requestId, reasons } = c.var.notes
  reasons.push(reason)
  const told = { type: 'about:blank', title: titles[status], status, reason, requestId, ...more }
  return c.body(JSON.stringify(told), status, { 'content-type': 'application/problem+json' })
}
