import type { IncomingMessage, ServerResponse } from 'node:http'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Door } from './door.ts'
import { addressBehind, callerHeader, secretHeader } from './door.ts'
import type { KeptBody } from './kept-body.ts'

const ofConnection = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const replaced = new Set([...ofConnection, 'x-request-id', secretHeader, callerHeader])

function without(names: ReadonlySet<string>, rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!names.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}

export interface Passing {
  incoming: IncomingMessage
  outgoing: ServerResponse
  requestId: string
  body: KeptBody
}

/** The request never got to the other worker. */
export class ClosedDoorError extends Error {
  override name = 'ClosedDoorError'
}

const closed = new Set(['ECONNREFUSED', 'ENOENT', 'EAGAIN'])

const isBodiless = ({ headers }: IncomingMessage) =>
  headers['content-length'] === undefined && headers['transfer-encoding'] === undefined

function answerBehind({ path, secret }: Door, { incoming, outgoing, requestId, body }: Passing) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const own = ['x-request-id', requestId, secretHeader, secret, callerHeader, addressBehind(incoming) ?? '']
    const headers = [...without(replaced, incoming.rawHeaders), ...own]
    const { method, url } = incoming
    const asking = request({ socketPath: path, method, path: url, headers, agent: false })
    asking.once('response', resolve)
    asking.once('error', (error: NodeJS.ErrnoException) =>
      reject(closed.has(error.code ?? '') ? new ClosedDoorError(error.message) : error),
    )
    // Who has hung up waits for nothing.
    outgoing.once('close', () => asking.destroy())
    if (isBodiless(incoming)) return void asking.end()
    // The answer may come before the whole body was taken, as to one that is too large.
    pipeline(Readable.from(body.all()), asking).catch(() => undefined)
  })
}

/** As it came, but that the next request of this connection is to come to the other worker by itself. */
function answered(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 502
  const raw = without(ofConnection, answer.rawHeaders)
  const headers = new Headers({ connection: 'close' })
  for (let at = 0; at < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '')
  const isEmpty = status === 204 || status === 304
  if (isEmpty) answer.resume()
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers })
}

export class Passages {
  readonly #streams = new Set<IncomingMessage>()

  /** Resolves once the head of the answer is there. Throws `ClosedDoorError` where another door may be tried. */
  async pass(door: Door, passing: Passing): Promise<Response> {
    const answer = await answerBehind(door, passing)
    if (answer.headers['content-type']?.startsWith('text/event-stream')) this.#follow(answer)
    return answered(answer)
  }

  /** Browsers come back elsewhere, and miss nothing. */
  endStreams(): void {
    for (const stream of this.#streams) stream.destroy()
  }

  #follow(answer: IncomingMessage): void {
    this.#streams.add(answer)
    answer.once('close', () => this.#streams.delete(answer))
  }
}
