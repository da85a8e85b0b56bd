/** Workers of one server believe each other who called; nobody else is believed. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import type { Door, OpenDoor } from '../../../server/handover/door.ts'
import { openDoor } from '../../../server/handover/door.ts'
import { db } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

let served: Served
let opened: OpenDoor
let door: Door
beforeAll(async () => {
  served = await serve(db)
  opened = await openDoor(served.server)
  door = opened.door
})
afterAll(async () => {
  await opened.close()
  await served.close()
})

const wrong = { email: 'nobody@school.example', password: 'not a password of anybody' }
/** Fails to sign in; the log hashes the address that it came from. */
async function failedFrom(through: { socketPath: string } | { port: number }, headers: Record<string, string>) {
  const own = {
    host: '127.0.0.1',
    origin: 'http://127.0.0.1',
    'content-type': 'application/json',
    'idempotency-key': newId(),
  }
  const before = served.lines.length
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asking = request(
      { ...through, method: 'POST', path: '/trpc/session.create', headers: { ...own, ...headers } },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      },
    )
    asking.once('error', reject)
    asking.end(JSON.stringify(wrong))
  })
  const line = served.lines.slice(before).find((text) => text.includes('"auth.failed"'))
  return { status, network: line && (JSON.parse(line) as { network: string }).network }
}

test('the address that another worker names counts, and only behind the secret of the door', async () => {
  const port = Number(new URL(served.url).port)
  const [plain, forged, behind, other] = [
    await failedFrom({ port }, {}),
    await failedFrom({ port }, { 'x-homeroom-door': door.secret, 'x-homeroom-caller': '192.0.2.7' }),
    await failedFrom({ socketPath: door.path }, { 'x-homeroom-door': door.secret, 'x-homeroom-caller': '192.0.2.7' }),
    await failedFrom(
      { socketPath: door.path },
      { 'x-homeroom-door': door.secret, 'x-homeroom-caller': '198.51.100.7' },
    ),
  ]
  expect(plain.network).toBeDefined()
  expect(forged.network).toBe(plain.network)
  expect(new Set([plain.network, behind.network, other.network]).size).toBe(3)
})

test.each([
  ['no secret', {}],
  ['a wrong secret', { 'x-homeroom-door': 'a'.repeat(43), 'x-homeroom-caller': '192.0.2.7' }],
  ['a short one', { 'x-homeroom-door': 'a', 'x-homeroom-caller': '192.0.2.7' }],
])('a request with %s is not answered behind the door', async (_, headers) => {
  expect(await failedFrom({ socketPath: door.path }, headers)).toEqual({ status: 403, network: undefined })
})
