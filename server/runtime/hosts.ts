/** A page whose own name was pointed at this server counts as ours to a browser, so only known names are answered (DNS rebinding). */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { hostOf } from './caller.ts'
import type { AppOptions, HonoEnv } from './http.ts'

/** Without port, brackets and the dot that ends a full name; undefined where it is no host. */
function nameIn(host: string | undefined): string | undefined {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:[\]]+?)\.?)(?::\d*)?$/.exec(host ?? '') ?? []
  return (bracketed ?? plain)?.toLowerCase()
}

/** An address can't be pointed elsewhere, and browsers look up no name below localhost. */
const isSafe = (name: string): boolean => isIP(name) > 0 || name === 'localhost' || name.endsWith('.localhost')
const isLoopback = (host: string): boolean => host === '::1' || host === 'localhost' || host.startsWith('127.')

type HostSettings = Pick<Config, 'host' | 'publicUrl' | 'otherNames' | 'trustProxy'>

/** `unnamed`: nobody has said yet by which name people reach a server that is not for this machine alone. */
export function hostIs(incoming: IncomingMessage, config: HostSettings): 'known' | 'unnamed' | 'unknown' {
  const name = nameIn(hostOf(incoming, config))
  if (!name) return 'unknown'
  const own = config.publicUrl && nameIn(new URL(config.publicUrl).host)
  if (isSafe(name) || name === own || config.otherNames.includes(name)) return 'known'
  return !own && (!isLoopback(config.host) || config.trustProxy) ? 'unnamed' : 'unknown'
}

/** A proxy in front may go by the other host, or see the end of the body elsewhere. Node lets both pass. */
function isAmbiguous({ rawHeaders, headers }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
  return hosts.length > 1 || (headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked'
}

/** A load balancer asks for health by a name of its own. */
export function knownHostsOnly({ config, log }: AppOptions): MiddlewareHandler<HonoEnv> {
  let isSaid = false
  return async (c, next) => {
    if (isAmbiguous(c.env.incoming)) {
      c.header('connection', 'close')
      return c.text('This request is malformed', 400)
    }
    const host = c.req.path.startsWith('/health/') ? 'known' : hostIs(c.env.incoming, config)
    if (host === 'unnamed' && !isSaid) {
      isSaid = true
      log.warn('PUBLIC_URL is not set: the server answers by every name, also by one that another site points at it')
    }
    if (host !== 'unknown') return next()
    c.var.notes.reasons.push('host.unknown')
    c.header('connection', 'close')
    return c.text('This server is not reached by this name. Set PUBLIC_URL to the address people type', 421)
  }
}
