/** Nothing that an app can send makes the server fail. */
import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { open } from '../../../../db/open.ts'
import { procedureOf } from '../../../../server/api/asked.ts'
import { routes } from '../../../../server/api/routes.ts'
import { newApiToken } from '../../../../server/api-tokens/token.ts'
import { anyInputs } from '../../../setup/any-input.ts'
import { app, tokenOf } from '../../../setup/api.ts'
import { db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import type { Served } from '../../../setup/server.ts'
import { serve } from '../../../setup/server.ts'
import { cases } from '../../../thorough.ts'

let served: Served
let ask: ReturnType<typeof app>
let token: string
beforeAll(async () => {
  const registrar = await makePerson(await makeSchool(), 'registrar')
  token = await tokenOf(registrar)
  served = await serve(db, { now: () => now })
  ask = app(served.url, token)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

/** Half of a surrogate pair has no place in an address. */
const inAddress = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value ?? 'x')).replace(/\p{Cs}/gu, ''))

test('inputs nobody thought of, three for every route, are answered or refused', async () => {
  const bad: unknown[] = []
  for (const route of routes)
    for (const input of anyInputs(procedureOf(route)._def.inputs[0], [newId()], 3, 9)) {
      const fields = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => inAddress(fields[name]))
      const query = (route.query ?? []).map((name) => `${name}=${inAddress(fields[name])}`).join('&')
      const { method } = route
      const more = method === 'GET' ? {} : { body: input, headers: { 'if-match': '"1"' } }
      const { status, body } = await ask(`${path}?${query}`, { method, ...more })
      if (status >= 500) bad.push([method, path, query, JSON.stringify(input)?.slice(0, 300), body])
    }
  for (const path of [
    '/students/%zz',
    '/students/%ff%fe',
    '/students/%00',
    '/students/..%2f..',
    '/rooms?%zz=%ff',
    '/%',
  ])
    expect((await ask(path)).status, path).toBeLessThan(500)
  expect(bad).toEqual([])
})

test('an app that breaks off while it sends is no failure of the server', async () => {
  const arrived = once(served.server, 'request')
  const { hostname, port } = new URL(served.url)
  const socket = connect(Number(port), hostname)
  const head = ['POST /api/v1/students HTTP/1.1', `host: ${hostname}:${port}`, `authorization: Bearer ${token}`]
  socket.write([...head, 'content-type: application/json', 'content-length: 1000', '', '{"givenName":'].join('\r\n'))
  const line = () => served.lines.find((one) => one.includes('request.broken_off'))
  await arrived
  socket.destroy()
  await expect.poll(line).toBeDefined()
  expect(JSON.parse(line() ?? '')).toMatchObject({ status: 400, procedures: ['students.create'] })
  expect(served.lines.filter((one) => one.includes('an unforeseen error occurred'))).toEqual([])
})

test('tokens nobody has are refused, however they are written', async () => {
  const written = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abz09_-. hrm'), maxLength: 200 }),
    fc
      .nat(56)
      .map((place) => `${token.slice(0, place + 4)}${token[place + 4] === 'a' ? 'b' : 'a'}${token.slice(place + 5)}`),
    fc.constant(0).map(newApiToken),
  )
  const property = fc.asyncProperty(written, async (text) => {
    const headers = { authorization: `Bearer ${text}` }
    const { status } = await fetch(`${served.url}/api/v1/rooms`, { headers })
    expect([400, 401, 429]).toContain(status)
  })
  await fc.assert(property, { numRuns: cases(200, 10_000), seed: 9 })
  expect((await ask('/rooms')).status).toBe(200)
})

test('while the database is away an app is told when to ask again, and nothing of the database', async () => {
  const away = await open()
  const other = await serve(away, { now: () => now })
  await away.close()
  const { status, headers, body } = await app(other.url, token)('/rooms')
  expect(status).toBeGreaterThanOrEqual(500)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(JSON.stringify(body)).not.toMatch(/sqlite|postgres|select|connection|node_modules/i)
  await other.close()
})
