/** Somebody who signs in at a server of its own and calls it, as a browser does. */
import { newId } from '../../db/kit.ts'
import { call } from './server.ts'

export interface Visit {
  /** The status and the answer, or the reason of the refusal. */
  ask<T = unknown>(procedure: string, input?: unknown): Promise<{ status: number; answer: T; reason?: string }>
}

async function asked(url: string, headers: Record<string, string>, procedure: string, input: unknown) {
  const response = await call(url, procedure, { input, headers: { ...headers, 'idempotency-key': newId() } })
  const { result, error } = await response.json()
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { status: response.status, answer: result?.data, reason: error?.message, cookie }
}

export async function visit(url: string, who: { email: string; password: string }, school: string): Promise<Visit> {
  const { cookie } = await asked(url, {}, 'session.create', who)
  return { ask: (procedure, input) => asked(url, { cookie, 'x-school': school }, procedure, input) }
}
