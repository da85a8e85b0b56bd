import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { protective } from './headers.ts'

export const timeouts = {
  /** Load balancers drop idle connections after 60 s, and must do so before the server. */
  keepAliveTimeout: 75_000,
  /** Node checks every 5 s, so that no slow head outlasts a server that stops. */
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
}

/** In ms. Streams send something every 7 s, so a silent connection is dead. */
export const silence = 180_000
/** In ms. A refused client that does not hang up is cut. */
const farewell = 2000

/** A request for an impossible host never reaches the application. */
const malformed = () => new Response('This request is malformed', { status: 400, headers: protective(false) })

const statuses: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const headers = [['connection', 'close'], ['content-length', '0'], ...protective(false)]
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${statuses[error.code ?? ''] ?? '400 Bad Request'}\r\n${lines.join('')}\r\n`)
  setTimeout(() => socket.destroy(), farewell).unref()
}

interface App {
  fetch: Parameters<typeof getRequestListener>[0]
}
export function createHttpServer(app: App, limits: Partial<typeof timeouts> = {}): Server {
  // A load balancer's health check may name no host.
  const listener = getRequestListener(app.fetch, { hostname: 'localhost', errorHandler: malformed })
  return createServer({ ...timeouts, ...limits }, listener)
    .setTimeout(silence)
    .on('clientError', refuseUnreadable)
}

/** Another process accepts the connections and passes each on as the event `connection`. */
export function createPassedServer(...given: Parameters<typeof createHttpServer>): Server {
  const server = createHttpServer(...given)
  // Node checks its timeouts only after a server listens, which this one never does.
  server.emit('listening')
  return server
}
