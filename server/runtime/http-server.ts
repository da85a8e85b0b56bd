import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { protective } from './headers.ts'

const timeouts = {
  /** Longer than the 60 s after which load balancers drop idle connections: they must be the ones to do it. */
  keepAliveTimeout: 75_000,
  /** Browsers and proxies send a head at once. Looked after every 5 s, so that none outlasts a server that stops. */
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
}

/** Nothing has come in or gone out for so long, though something is under way: streams say something every 15 s. In ms. */
const silence = 180_000
/** Who was refused and does not hang up. In ms. */
const farewell = 2000

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
  setTimeout(() => socket.destroy(), farewell).unref()
}

interface App {
  fetch: Parameters<typeof getRequestListener>[0]
}
/** A server for `app` that does not listen yet. */
export function createHttpServer(app: App): Server {
  // A load balancer's health check may name no host.
  const listener = getRequestListener(app.fetch, { hostname: 'localhost', errorHandler: malformed })
  return createServer(timeouts, listener).setTimeout(silence).on('clientError', refuseUnreadable)
}

/** The same for connections that another process accepts: each is given to it as the event `connection`. */
export function createPassedServer(app: App): Server {
  const server = createHttpServer(app)
  // Node watches over its timeouts from the moment a server listens, which this one never does itself.
  server.emit('listening')
  return server
}
