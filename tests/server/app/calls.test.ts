/** What reaches a procedure, and what is turned away before. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { db, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let served: Served
beforeAll(async () => {
  await makeSchool()
  served = await serve(db)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

const form = new FormData()
form.set('0', '{}')

test.each<[string, Parameters<typeof call>[2], number]>([
  ['our own page', {}, 200],
  ['our own page, as its browser says', { headers: { 'sec-fetch-site': 'same-origin' } }, 200],
  ['another site', { headers: { origin: 'https://evil.example' } }, 403],
  ['a neighbor on the same host', { headers: { origin: 'http://127.0.0.1:1' } }, 403],
  ['a page without an origin', { headers: { origin: 'null' } }, 403],
  ['a page of another site, as its browser says', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['a page of a sister site, as its browser says', { headers: { 'sec-fetch-site': 'same-site' } }, 403],
  ['a link somebody opened', { headers: { 'sec-fetch-site': 'none' } }, 403],
  ['a form as text', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
  ['an ordinary form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '0=1' }, 415],
  ['a form with files', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }, 415],
  ['something that is almost JSON', { headers: { 'content-type': 'application/json, text/plain' }, body: '{}' }, 415],
])('%s calls: %#', async (_who, request, status) => {
  const answer = await call(served.url, 'session.get', request)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('access-control-allow-origin')).toBe(null)
  if (status === 403) expect((await answer.json()).error.data.error.reason).toBe('origin.foreign')
})

test('a form of another site, sent as browsers send forms, is turned away', async () => {
  const answer = await fetch(`${served.url}/trpc/session.remove`, {
    method: 'POST',
    body: form,
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  })
  expect(answer.status).toBe(403)
})

test('a call that names no origin at all is turned away', async () => {
  const answer = await fetch(`${served.url}/trpc/session.get`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.status).toBe(403)
})

test('behind a proxy, the public address is our own', async () => {
  const behind = await serve(db, { config: { publicUrl: 'https://register.school.example', trustProxy: 1 } })
  const headers = { origin: 'https://register.school.example', 'x-forwarded-proto': 'https' }
  expect((await call(behind.url, 'session.get', { headers })).status).toBe(200)
  await behind.close()
})

test.each([
  ['https', 'register.school.example:443', 'https://register.school.example', 200],
  ['HTTPS', 'Register.School.example', 'https://register.school.example', 200],
  ['http', 'register.school.example:80', 'http://register.school.example', 200],
  ['https', 'register.school.example:80', 'https://register.school.example', 403],
  ['https', 'register.school.example:8443', 'https://register.school.example', 403],
  ['https', 'register.school.example', 'https://register.school.example:8443', 403],
])('a proxy that says %s and %s lets %s in or not', async (scheme, host, origin, status) => {
  const behind = await serve(db, { config: { publicUrl: undefined, trustProxy: 1 } })
  const headers = { origin, 'x-forwarded-proto': scheme, 'x-forwarded-host': host }
  expect((await call(behind.url, 'session.get', { headers })).status).toBe(status)
  await behind.close()
})

test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('nothing is called by %s', async (method) => {
  for (const procedure of ['session.get', 'session.remove']) {
    const answer = await call(served.url, procedure, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
  }
})

test('a call of more than 1 MiB is refused, however it is sent', async () => {
  const large = JSON.stringify({ token: 'x'.repeat(1024 * 1024) })
  const whole = await call(served.url, 'setup.get', { body: large })
  expect(whole.status).toBe(413)
  expect((await whole.json()).error.data.error).toEqual({ code: 'invalid', reason: 'request.too_large' })
  const parts = await fetch(`${served.url}/trpc/setup.get`, {
    method: 'POST',
    headers: { origin: served.url, 'content-type': 'application/json' },
    body: new Blob([large]).stream(),
    duplex: 'half',
  } as RequestInit)
  expect(parts.status).toBe(413)
})

test('twenty calls at once are answered, twenty-one are not', async () => {
  const batch = (size: number) =>
    call(served.url, `${Array(size).fill('session.get').join(',')}?batch=1`, { input: {} })
  const twenty = await batch(20)
  expect(twenty.status).toBe(200)
  expect(await twenty.json()).toHaveLength(20)
  expect((await batch(21)).status).toBe(400)
})

test('what is wrong with an input is said by field, never as raw zod', async () => {
  const answer = await call(served.url, 'session.create', {
    input: { email: 'nobody', password: '' },
    headers: { 'idempotency-key': newId() },
  })
  const { error } = await answer.json()
  expect(answer.status).toBe(400)
  expect(error.message).toBe('input.invalid')
  expect(error.data.error.issues.map(({ path }: { path: string }) => path)).toEqual(['email', 'password'])
})

test('an input that reaches for the prototype is refused and changes nothing', async () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    const body = `{"token":"${'x'.repeat(30)}","${key}":{"isOwner":true}}`
    expect((await call(served.url, 'setup.get', { body })).status, key).toBe(400)
  }
  expect(({} as { isOwner?: true }).isOwner).toBe(undefined)
})

test.each(['{', '"', 'null', '[]', '{"json":'])(
  'a body that is no input, such as %s, is refused calmly',
  async (body) => {
    expect((await call(served.url, 'setup.get', { body })).status).toBe(400)
  },
)

test('an unknown procedure is not found', async () => {
  for (const name of ['students.explode', '__proto__', 'constructor.name', 'session'])
    expect((await call(served.url, name)).status, name).toBe(404)
})

/** What fetch would never send. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (part) => {
      answer += part
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })

test('a health check that names no host is answered', async () => {
  expect(await raw('GET /health/live HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  'GET /health/live HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  'GET /health/live HTTP/1.1\r\nHost: x:99999\r\nConnection: close\r\n\r\n',
  'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'POST /trpc/%ff%fe HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
])('a malformed request is refused calmly: %#', async (text) => {
  expect(await raw(text)).toMatch(/^HTTP\/1\.1 (200|4\d\d) /)
})

test.each([
  'GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n',
  'POST /trpc/session.get HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n',
])('what a proxy could read in another way is refused, and nothing after it is read: %#', async (text) => {
  const answer = await raw(`${text}\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 400'])
})

test('what is no request at all is refused with the same protective headers', async () => {
  const large = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`
  for (const [text, status] of [
    ['HELO school\r\n\r\n', 400],
    [large, 431],
  ] as const) {
    const answer = await raw(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toMatch(/^content-security-policy: default-src 'self'/m)
  }
})

test('a call that is broken off in the middle is noted, and alarms nobody', async () => {
  served.lines.length = 0
  const { host, port, origin } = new URL(served.url)
  const socket = connect(Number(port), '127.0.0.1')
  const head = ['POST /trpc/setup.get HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`]
  const rest = ['Content-Type: application/json', 'Content-Length: 100', 'Expect: 100-continue', '', '{"tok']
  socket.write([...head, ...rest].join('\r\n'))
  // "100 Continue": the server has the call, and waits for the rest of it.
  await once(socket, 'data')
  socket.destroy()
  while (!served.lines.length) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(served.lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'info', reasons: ['client_closed_request'] },
  ])
})
