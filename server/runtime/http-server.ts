import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import { ConfigError } from '../config.ts'
import { protective } from './headers.ts'

const timeouts = {
  /** Longer than the 60 s after which load balancers drop idle connections: they must be the ones to do it. */
  keepAliveTimeout: 75_000,
  headersTimeout: 60_000,
  requestTimeout: 120_000,
}

/** What names an impossible host never reaches the application. */
const malformed = () => new Response('This request is malformed', { status: 400, headers: protective(false) })

const statuses: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}
/** The same as `malformed`, for what Node itself could not read. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const headers = [['connection', 'close'], ['content-length', '0'], ...protective(false)]
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${statuses[error.code ?? ''] ?? '400 Bad Request'}\r\n${lines.join('')}\r\n`)
}

interface App {
  fetch: Parameters<typeof getRequestListener>[0]
}
/** A server for `app` that does not listen yet. */
export function createHttpServer(app: App): Server {
  // A load balancer's health check may name no host.
  const listener = getRequestListener(app.fetch, { hostname: 'localhost', errorHandler: malformed })
  return createServer(timeouts, listener).on('clientError', refuseUnreadable)
}

type Place = Pick<Config, 'host' | 'port'>

const refusals: Record<string, (place: Place) => string> = {
  EADDRINUSE: ({ port }) => `PORT must be another one: something is listening on ${port} already`,
  EACCES: ({ port }) => `PORT must be another one: this account may not listen on ${port}`,
  EADDRNOTAVAIL: ({ host }) => `HOST must be an address of this machine: ${host} is not`,
  ENOTFOUND: ({ host }) => `HOST must be an address of this machine: ${host} is not known`,
}

/** Answers the port, which is another than `port` when that is 0. Throws `ConfigError` when the place can't be had. */
export async function listen(server: Server, place: Place): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const says = refusals[error.code ?? '']
      reject(says ? new ConfigError(says(place)) : error)
    })
    server.listen(place.port, place.host, resolve)
  })
  return (server.address() as AddressInfo).port
}
