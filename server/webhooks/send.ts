import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { Agent, IncomingMessage, RequestOptions } from 'node:http'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Resolve, Sending } from './address.ts'
import { checkedAddresses, hostOf, PrivateAddressError } from './address.ts'

export type WebhookProblem =
  | 'status'
  | 'redirect'
  | 'gone'
  | 'timeout'
  | 'no_connection'
  | 'no_such_host'
  | 'private_address'
  | 'not_trusted'

/** In ms, from the name server to the answer. */
const limitMs = 15_000
/** An answer's body says nothing to us. */
const bodyAtMost = 4_096

export interface SendOptions {
  sending: Sending
  resolve?: Resolve | undefined
  limitMs?: number | undefined
  /** Ends what is under way, as when the process stops. */
  signal?: AbortSignal | undefined
  agent?: Agent | undefined
}

export interface Answered {
  /** Null where there was no answer. */
  status: number | null
  /** Null when the receiver has it. */
  problem: WebhookProblem | null
}

const resolveAll: Resolve = (host) => lookup(host, { all: true })

export const agentFor = (url: string): Agent =>
  new (url.startsWith('https:') ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 1 })

type Found = (error: Error | null, found: string | LookupAddress[], family?: number) => void
const answerWith =
  (addresses: LookupAddress[]) =>
  (_host: string, { all }: { all?: boolean }, found: Found) => {
    const [first] = addresses
    if (all || !first) found(null, addresses)
    else found(null, first.address, first.family)
  }

function problemOf(status: number): WebhookProblem | null {
  if (status >= 200 && status < 300) return null
  if (status === 410) return 'gone'
  return status >= 300 && status < 400 ? 'redirect' : 'status'
}

/** Once the status is there, how the body ends does not matter. */
function readAway(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let length = 0
    response.on('data', (part: Buffer) => {
      length += part.length
      if (length > bodyAtMost) response.destroy()
    })
    response.on('error', () => undefined)
    response.once('close', resolve)
  })
}

function post(url: string, options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, options, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
}

const codeOf = (error: unknown) => (error as { code?: unknown }).code
function failureOf(error: unknown, isLate: boolean): WebhookProblem {
  if (error instanceof PrivateAddressError) return 'private_address'
  if (isLate) return 'timeout'
  const code = String(codeOf(error))
  if (/^E(NOTFOUND|AI_)|^ENODATA/.test(code)) return 'no_such_host'
  return /CERT|TLS|SSL|SELF_SIGNED|LEAF|ISSUER/.test(code) ? 'not_trusted' : 'no_connection'
}

const late = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ])

/** Answers undefined when `signal` ended it. Redirects are not followed. */
export async function send(
  url: string,
  headers: Record<string, string>,
  body: string,
  { sending, resolve = resolveAll, agent, ...options }: SendOptions,
): Promise<Answered | undefined> {
  const limit = AbortSignal.timeout(options.limitMs ?? limitMs)
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit
  try {
    const addresses = await late(checkedAddresses(hostOf(url), sending, resolve), signal)
    const own = {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Homeroom-Webhooks',
    }
    const lookup = answerWith(addresses) as unknown as RequestOptions['lookup']
    const response = await post(url, { method: 'POST', headers: own, agent, signal, lookup } as RequestOptions, body)
    await readAway(response)
    const status = response.statusCode ?? 0
    return { status, problem: problemOf(status) }
  } catch (error) {
    if (options.signal?.aborted) return undefined
    return { status: null, problem: failureOf(error, limit.aborted) }
  }
}
