import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createHttpServer, createPassedServer } from '../../../server/runtime/http-server.ts'
import { listen } from '../../../server/runtime/listen.ts'

const app = { fetch: async (request: Request) => new Response(await request.text()) }
/** In ms: as the real ones, but short. */
const limits = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 10, keepAliveTimeout: 50 }

/** What the server says until it hangs up on a caller who never ends what was begun. */
const endless = (port: number, begun: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(begun))
    let said = ''
    socket.on('data', (part) => {
      said += part
    })
    socket.on('error', reject).on('close', () => resolve(said))
  })

test('whoever sends a head or a body slowly, or nothing at all, is cut off in time', async () => {
  const own = createHttpServer(app, limits)
  // A worker's: the primary accepts the connections.
  const passed = createPassedServer(app, limits)
  const primary = createServer().removeAllListeners('connection')
  primary.on('connection', (socket) => passed.emit('connection', socket))
  for (const server of [own, primary]) {
    const port = await listen(server, { host: '127.0.0.1', port: 0 })
    expect(await endless(port, 'GET / HTTP/1.1\r\nHost: loc')).toMatch(/^HTTP\/1\.1 408 /)
    expect(await endless(port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nslow')).toMatch(/ 408 /)
    expect(await endless(port, '')).toMatch(/^$|^HTTP\/1\.1 408 /)
    await new Promise((resolve) => server.close(resolve))
  }
})
