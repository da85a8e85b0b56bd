/** One request, told apart: answered completely, or failed and why. */
import { once } from 'node:events'
import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Ask {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
  /** Over how many ms the body trickles. */
  uploadMs?: number
  /** At how many bytes in a ms the answer is read. */
  readRate?: number
  timeoutMs: number
}

/** Why it failed, in a few words that are the same for the same cause. */
export class Failed extends Error {}

const parts = 12
async function send(asked: ClientRequest, body: string, overMs: number): Promise<void> {
  const size = Math.ceil(body.length / parts)
  for (let n = 0; overMs && n < parts - 1 && !asked.destroyed; n++) {
    asked.write(body.slice(n * size, (n + 1) * size))
    await sleep(overMs / parts)
  }
  asked.end(overMs ? body.slice((parts - 1) * size) : body)
}

async function read(answer: IncomingMessage, rate: number | undefined): Promise<string> {
  const read: Buffer[] = []
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      read.push(part)
      if (rate) await sleep(part.length / rate)
    }
  } catch (error) {
    throw error instanceof Error && error.message === 'timeout' ? error : new Failed('truncated')
  }
  if (!answer.complete) throw new Failed('truncated')
  return Buffer.concat(read).toString()
}

function reasonOf(body: string): string {
  try {
    const told: { error?: { message?: string } } = JSON.parse(body)
    return ` ${told.error?.message ?? ''}`
  } catch {
    return ''
  }
}

/** Answers the body of a complete 200. Throws `Failed` with anything else. */
export async function ask(agent: Agent, url: URL, wanted: Ask): Promise<string> {
  const { method, path, headers = {}, body = '', uploadMs = 0, readRate, timeoutMs } = wanted
  const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  const asked = request({ host: url.hostname, port: url.port, method, path, agent, headers: { ...headers, ...length } })
  asked.setTimeout(timeoutMs, () => asked.destroy(new Failed('timeout')))
  asked.on('error', () => undefined)
  try {
    const [answered] = await Promise.all([once(asked, 'response'), send(asked, body, uploadMs)])
    const answer = answered[0] as IncomingMessage
    const told = await read(answer, readRate)
    if (answer.statusCode === 200) return told
    const later = answer.headers['retry-after'] ? ' (Retry-After)' : ''
    throw new Failed(`${answer.statusCode}${reasonOf(told)}${later}`)
  } catch (error) {
    if (error instanceof Failed) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new Failed(`${code ?? message}${asked.reusedSocket ? ' (kept alive)' : ''}`)
  }
}
