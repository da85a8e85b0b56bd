/** A request and its answer go through a door as they are. */
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDoor } from '../../../server/handover/door.ts'
import { mayPass, openDoor } from '../../../server/handover/door.ts'
import { KeptBody } from '../../../server/handover/kept-body.ts'
import { ClosedDoorError, Passages } from '../../../server/handover/pass-on.ts'

let front: Server
let behind: Server
let opened: OpenDoor
let answering: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown
/** What the front has read before it passes the request on, in bytes. */
let readBefore: number
const failures: unknown[] = []
const passages = new Passages()

async function passOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = new KeptBody(incoming)
  let size = 0
  if (readBefore)
    for await (const part of body.following(incoming.iterator({ destroyOnReturn: false }))) {
      size += part.length
      if (size >= readBefore) break
    }
  const answer = await passages.pass(opened.door, { incoming, outgoing, requestId: 'request-1', body })
  outgoing.writeHead(answer.status, [...answer.headers].flat())
  outgoing.end(Buffer.from(await answer.arrayBuffer()))
  body.close()
}

beforeEach(async () => {
  readBefore = 0
  failures.length = 0
  behind = createServer((incoming, outgoing) => void (mayPass(incoming) && answering(incoming, outgoing)))
  opened = await openDoor(behind)
  front = createServer((incoming, outgoing) => {
    passOn(incoming, outgoing).catch((error) => {
      failures.push(error)
      outgoing.writeHead(503).end()
    })
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
})
afterEach(async () => {
  await opened.close()
  for (const server of [front, behind]) {
    server.closeAllConnections()
    server.close()
  }
})

function ask(method: string, headers: Record<string, string>, body?: Buffer) {
  const { port } = front.address() as AddressInfo
  const asking = request({ port, host: '127.0.0.1', path: '/trpc/a.b?c=%20', method, headers, agent: false })
  asking.end(body)
  return asking
}
async function answerTo(asking: ReturnType<typeof ask>): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return { answer, body: await buffer(answer) }
}

test('method, path, headers and cookies arrive; what is about a connection does not', async () => {
  answering = ({ method, url, headers }, outgoing) => {
    outgoing.writeHead(
      409,
      [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['retry-after', '7'],
      ].flat(),
    )
    outgoing.end(JSON.stringify({ method, url, headers }))
  }
  const { answer, body } = await answerTo(
    ask('DELETE', { 'x-a': 'b', te: 'trailers', 'x-homeroom-caller': '192.0.2.1' }),
  )
  const { method, url, headers } = JSON.parse(body.toString())
  expect({ method, url, own: headers['x-a'], te: headers.te }).toEqual({
    method: 'DELETE',
    url: '/trpc/a.b?c=%20',
    own: 'b',
  })
  expect(headers).toMatchObject({ 'x-request-id': 'request-1', 'x-homeroom-caller': '127.0.0.1' })
  expect(answer.statusCode).toBe(409)
  expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'retry-after': '7', connection: 'close' })
})

test.each([0, 1, 100_000, 300_000])('a body of which %i bytes were read before arrives whole', async (bytes) => {
  readBefore = bytes
  answering = async (incoming, outgoing) => outgoing.end(await buffer(incoming))
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251))
  expect((await answerTo(ask('POST', {}, sent))).body.equals(sent)).toBe(true)
})

test('a door that is closed can be told from a call that broke off', async () => {
  await opened.close()
  expect((await answerTo(ask('POST', {}, Buffer.from('{}')))).answer.statusCode).toBe(503)
  expect(failures[0]).toBeInstanceOf(ClosedDoorError)
  opened = await openDoor(behind)
  answering = (incoming) => incoming.socket.destroy()
  expect((await answerTo(ask('POST', {}, Buffer.from('{}')))).answer.statusCode).toBe(503)
  expect(failures[1]).not.toBeInstanceOf(ClosedDoorError)
})

test('who hangs up is noticed behind the door', async () => {
  const left = new Promise<void>((resolve) => {
    answering = (_, outgoing) => {
      outgoing.once('close', resolve)
      asking.destroy()
    }
  })
  const asking = ask('POST', {}, Buffer.from('{}'))
  asking.on('error', () => undefined)
  await left
})

test('below a folder whose name is too long for a socket, a door opens elsewhere, for its own account alone', async () => {
  const before = process.env.TMPDIR
  process.env.TMPDIR = join(tmpdir(), 'a'.repeat(120))
  mkdirSync(process.env.TMPDIR)
  try {
    const other = await openDoor(behind)
    expect(statSync(other.door.path).isSocket()).toBe(true)
    expect(statSync(dirname(other.door.path)).mode & 0o777).toBe(0o700)
    await other.close()
    expect(existsSync(dirname(other.door.path))).toBe(false)
  } finally {
    rmSync(process.env.TMPDIR, { recursive: true })
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
})
