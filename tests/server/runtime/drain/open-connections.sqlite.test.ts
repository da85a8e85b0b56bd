/** The drain alone, in this process: it knows no database. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Drain } from '../../../../server/runtime/drain.ts'
import { createLog } from '../../../../server/runtime/logging.ts'

/** More than lies in buffers between the two. */
const size = 24 * 1024 * 1024

async function started(lingerMs: number, body: Buffer = Buffer.alloc(size)) {
  const log = createLog({ logLevel: 'silent' })
  let ended: (code: number) => void = () => undefined
  const exit = new Promise<number>((resolve) => {
    ended = resolve
  })
  const drain = new Drain({ log, lingerMs, exit: ended })
  const server = createServer((_, response) => response.end(body))
  drain.watch(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  // No more connections; unlike http's own close it leaves those there are alone.
  NetServer.prototype.close.call(server)
  return { drain, socket, exit }
}

test('a large answer that is read slowly arrives whole, and then the server ends', async () => {
  const { drain, socket, exit } = await started(50)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'readable')
  drain.begin(600_000)
  drain.finish()
  await sleep(300)
  let read = 0
  for await (const part of socket) read += (part as Buffer).length
  expect(read).toBeGreaterThan(size)
  expect(await exit).toBe(0)
})

test('an idle connection is kept for its moment from its last answer on, not from the signal', async () => {
  const { drain, socket, exit } = await started(3_000)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'readable')
  drain.begin(600_000)
  drain.finish()
  await sleep(3_100)
  let answered = 0
  socket.on('data', (part) => {
    answered += part.length
  })
  while (answered < size) await sleep(5)
  await sleep(300)
  // The answer's head, which was out before the signal, had promised to go on.
  const before = answered
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'close')
  expect(answered - before).toBeGreaterThan(size)
  expect(await exit).toBe(0)
})

test('a request that came while the process was held up is answered, though its connection seemed idle for long', async () => {
  const lingerMs = 40
  const { drain, socket, exit } = await started(lingerMs, Buffer.from('answered'))
  let answer = ''
  socket.on('data', (part) => {
    answer += part
  })
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  drain.begin(600_000)
  drain.finish()
  answer = ''
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 * lingerMs)
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*connection: close.*answered$/is)
  expect(await exit).toBe(0)
})
