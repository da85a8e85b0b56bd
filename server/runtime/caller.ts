/** The proxies that TRUST_PROXY counts may say where a request comes from. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { addressBehind } from '../handover/door.ts'

export interface Caller {
  address: string
  https: boolean
  origins: string[]
}
type ProxySettings = Pick<Config, 'trustProxy' | 'publicUrl'>

const listed = (value: string | string[] | undefined): string[] =>
  String(value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** The client itself may have written all entries before the outermost trusted proxy's. */
const trusted = (value: string | string[] | undefined, hops: number): string | undefined =>
  hops ? listed(value).slice(-hops)[0] : undefined

/** Some proxies add the port: '192.0.2.1:4711', '[2001:db8::1]:4711'. */
const withoutPort = (address: string | undefined): string | undefined =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(address ?? '')?.[1] ?? /^([\d.]+):\d+$/.exec(address ?? '')?.[1] ?? address

/** Some proxies add the scheme's default port to the host; browsers leave it out of an origin. */
const withoutDefault = (host: string | undefined, port: string): string | undefined => {
  const plain = host?.toLowerCase()
  return plain?.endsWith(port) ? plain.slice(0, -port.length) : plain
}

export const hostOf = ({ headers }: IncomingMessage, { trustProxy }: Pick<Config, 'trustProxy'>): string | undefined =>
  trusted(headers['x-forwarded-host'], trustProxy) ?? headers.host

export function callerOf(incoming: IncomingMessage, settings: ProxySettings): Caller {
  const { headers, socket } = incoming
  const { trustProxy, publicUrl } = settings
  const address = withoutPort(trusted(headers['x-forwarded-for'], trustProxy))
  const scheme = trusted(headers['x-forwarded-proto'], trustProxy)?.toLowerCase()
  const host = hostOf(incoming, settings)
  const encrypted = 'encrypted' in socket && socket.encrypted === true
  // An https PUBLIC_URL holds for every request, so that no session cookie is sent unencrypted.
  const https = publicUrl?.startsWith('https:') || (scheme ? scheme === 'https' : encrypted)
  const origins = [https ? `https://${withoutDefault(host, ':443')}` : `http://${withoutDefault(host, ':80')}`]
  if (publicUrl) origins.push(publicUrl)
  return { address: address && isIP(address) ? address : (addressBehind(incoming) ?? ''), https, origins }
}

/** A page cannot change what its browser says here. */
export const isForeign = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, { origins }: Caller): boolean =>
  (origin !== undefined && !origins.includes(origin)) || (site !== undefined && site !== 'same-origin')

export const isOwn = (headers: IncomingHttpHeaders, caller: Caller): boolean =>
  (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) && !isForeign(headers, caller)
