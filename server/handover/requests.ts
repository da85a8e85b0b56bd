import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import { KeptBody } from './kept-body.ts'

export interface Attempt {
  readonly body: KeptBody
  /** It was to write here, after the register had left. */
  isOvertaken: boolean
}

/** In use only while a move goes on: following requests costs every promise of the process. */
const attempts = new AsyncLocalStorage<Attempt>()

export async function attempted(incoming: IncomingMessage, work: () => Promise<void>): Promise<Attempt> {
  const attempt = { body: new KeptBody(incoming), isOvertaken: false }
  await attempts.run(attempt, work)
  return attempt
}

export function noteOvertaken(): void {
  const attempt = attempts.getStore()
  if (attempt) attempt.isOvertaken = true
}

/** The answer to a body that is too large uses the same socket, so the rest of it is left there. */
export function partsOf(incoming: IncomingMessage): AsyncIterable<Buffer> {
  const parts = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  return attempts.getStore()?.body.following(parts) ?? parts
}
