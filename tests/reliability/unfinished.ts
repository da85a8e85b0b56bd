/** A request whose body never ends. */
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './requests.ts'
import type { Instance } from './site.ts'
import { until } from './site.ts'

export const unfinishedPath = '/trpc/setup.get'
const hour = 3_600_000

/** Sends the first part of a body; resolves when the server has had time to see it. */
export async function beginUnfinished({ url }: Instance): Promise<void> {
  const agent = new Agent()
  const headers = { origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ token: 'a-link-that-nobody-made' })
  const wanted = { method: 'POST', path: unfinishedPath, headers, body, uploadMs: hour, timeoutMs: hour } as const
  // It will be cut: what the server says about it is what counts.
  ask(agent, new URL(url), wanted).catch(() => undefined)
  const isConnected = () =>
    Object.values(agent.sockets)
      .flat()
      .some((socket) => socket?.bytesWritten)
  await until('the request is under way', isConnected)
  await sleep(300)
}
