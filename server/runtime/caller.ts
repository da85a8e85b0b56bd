/** Where a request comes from: what it says itself, and what the proxies that TRUST_PROXY counts say about it. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'

export interface Caller {
  /** For rate limits. */
  address: string
  /** Whether the browser's side of the connection is encrypted. */
  https: boolean
  /** The origins under which a browser may call us. */
  origins: string[]
}
type Standing = Pick<Config, 'trustProxy' | 'publicUrl'>

const listed = (value: string | string[] | undefined): string[] =>
  String(value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** The entry that the outermost trusted proxy wrote; those before it are the client's own words. */
const trusted = (value: string | string[] | undefined, hops: number): string | undefined =>
  hops ? listed(value).slice(-hops)[0] : undefined

/** Some proxies write the port along: '192.0.2.1:4711', '[2001:db8::1]:4711'. */
const withoutPort = (told: string | undefined): string | undefined =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(told ?? '')?.[1] ?? /^([\d.]+):\d+$/.exec(told ?? '')?.[1] ?? told

/** Some proxies write the scheme's own port into the host; browsers leave it out of an origin. */
const withoutDefault = (host: string | undefined, port: string): string | undefined => {
  const plain = host?.toLowerCase()
  return plain?.endsWith(port) ? plain.slice(0, -port.length) : plain
}

export function callerOf({ headers, socket }: IncomingMessage, { trustProxy, publicUrl }: Standing): Caller {
  const told = withoutPort(trusted(headers['x-forwarded-for'], trustProxy))
  const scheme = trusted(headers['x-forwarded-proto'], trustProxy)?.toLowerCase()
  const host = trusted(headers['x-forwarded-host'], trustProxy) ?? headers.host
  const encrypted = 'encrypted' in socket && socket.encrypted === true
  // What PUBLIC_URL says about https is not for one request to take back: no session's cookie goes out in the clear.
  const https = publicUrl?.startsWith('https:') || (scheme ? scheme === 'https' : encrypted)
  const origins = [https ? `https://${withoutDefault(host, ':443')}` : `http://${withoutDefault(host, ':80')}`]
  if (publicUrl) origins.push(publicUrl)
  return { address: told && isIP(told) ? told : (socket.remoteAddress ?? ''), https, origins }
}

/** Whether the browser says that a page of somebody else made this request, which no page can make it lie about. */
export const isForeign = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, { origins }: Caller): boolean =>
  (origin !== undefined && !origins.includes(origin)) || (site !== undefined && site !== 'same-origin')

/** Whether the browser says that a page of our own made this request. */
export const isOwn = (headers: IncomingHttpHeaders, caller: Caller): boolean =>
  (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) && !isForeign(headers, caller)
