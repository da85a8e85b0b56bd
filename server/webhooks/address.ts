/** A webhook reaches the internet, and nothing inside the school's or the hoster's network but what the operator named. */
import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import { DomainError } from '../errors.ts'

/** IANA, IPv4 Special-Purpose Address Registry, with multicast and what is reserved. */
const special = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`
/** Of IPv6 only what is routed, without documentation, and without the ranges that hold an IPv4 address. */
const routed = '2000::/3'
const unrouted = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'

function listed(ranges: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges.split(/\s+/)) {
    const [net = '', bits] = range.split('/')
    list.addSubnet(net, Number(bits), family)
  }
  return list
}
const ipv4 = listed(special, 'ipv4')
const [inside, outside] = [listed(routed, 'ipv6'), listed(unrouted, 'ipv6')]

export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !ipv4.check(address, 'ipv4')
  return isIP(address) === 6 && inside.check(address, 'ipv6') && !outside.check(address, 'ipv6')
}

export interface Sending {
  /** PUBLIC_URL. Without one nothing is sent. */
  from: string | undefined
  /** Names and addresses that the operator allows although they are private. */
  hosts: ReadonlySet<string>
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host)

/** Without the brackets of IPv6. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')

/** Throws `webhook.insecure`, or `webhook.private_address` for an address that needs no name server to be known. */
export function requireReachable(url: string, { hosts }: Pick<Sending, 'hosts'>): void {
  const host = hostOf(url)
  const isNamed = hosts.has(host)
  if (new URL(url).protocol === 'http:' && !(isNamed && isLoopback(host))) throw new DomainError('webhook.insecure')
  if (!isNamed && (isLoopback(host) || (isIP(host) && !isPublic(host))))
    throw new DomainError('webhook.private_address')
}

export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'
}

export type Resolve = (host: string) => Promise<LookupAddress[]>

/** All of a name's addresses are public, or none is used. The connection is made to these, so another answer later changes nothing. */
export async function checkedAddresses(host: string, sending: Sending, resolve: Resolve): Promise<LookupAddress[]> {
  const family = isIP(host)
  const found = family ? [{ address: host, family }] : await resolve(host)
  if (!sending.hosts.has(host) && !found.every(({ address }) => isPublic(address))) throw new PrivateAddressError()
  return found
}
