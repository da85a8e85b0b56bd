/** What becomes of connections whose other end doesn't behave. In this process, without a database. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { Connections } from '../../../server/runtime/connections.ts'
import { createHttpServer } from '../../../server/runtime/http-server.ts'

let server: Server
afterEach(() => void server.close().closeAllConnections())

async function another() {
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket.resume()
}
const hungUp = async (socket: Socket) => socket.readableEnded || once(socket, 'end')

async function connected(fetch: () => Response | Promise<Response>, atMost?: number) {
  const connections = new Connections(atMost)
  server = createHttpServer({ fetch })
  connections.watch(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { connections, socket: await another() }
}
const hello = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

test('requests that wait behind another are forgotten when their connection breaks', async () => {
  let answer: () => void = () => undefined
  const first = new Promise<Response>((resolve) => {
    answer = () => resolve(new Response('late'))
  })
  const { connections, socket } = await connected(() => first)
  socket.write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(200))
  while (connections.answering.length < 200) await sleep(5)
  expect(connections.answering[0]?.request.url).toBe('/waits')
  socket.resetAndDestroy()
  while (connections.size) await sleep(5)
  expect(connections.answering).toEqual([])
  answer()
})

test('who was refused and does not hang up is cut off', async () => {
  const { connections, socket } = await connected(() => new Response())
  socket.write('this is no request\r\n\r\n')
  const [part] = await once(socket, 'data')
  expect(String(part)).toMatch(/^HTTP\/1\.1 400 /)
  expect(connections.size).toBe(1)
  while (connections.size) await sleep(20)
})

test('of too many connections the idle ones make room, and where none is idle nobody else gets in', async () => {
  let answer: () => void = () => undefined
  const late = new Promise<void>((resolve) => {
    answer = resolve
  })
  const { connections, socket } = await connected(() => late.then(() => new Response('here')), 3)
  socket.write(hello)
  const idle = [await another(), await another()]
  while (connections.size < 3) await sleep(5)
  const tooEarly = await another()
  await hungUp(tooEarly)
  await sleep(1000)
  const served = await another()
  served.write(hello)
  await Promise.all(idle.map(hungUp))
  const answers = Promise.all([socket, served].map((one) => once(one, 'data')))
  answer()
  for (const [part] of await answers) expect(String(part)).toMatch(/^HTTP\/1\.1 200 /)
  expect(connections.size).toBe(2)
  for (const one of [socket, served, tooEarly, ...idle]) one.destroy()
})
