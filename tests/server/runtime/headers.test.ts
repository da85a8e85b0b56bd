import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
let served: Served
let secured: Served
beforeAll(async () => {
  mkdirSync(join(folder.path, 'assets'))
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html><title>Homeroom</title>')
  writeFileSync(join(folder.path, 'assets/main-abc.js'), 'export {}')
  served = await serve(db, { clientFolder: folder.path })
  const config = { publicUrl: 'https://register.school.example', trustProxy: 0 }
  secured = await serve(db, { clientFolder: folder.path, config })
})
afterAll(async () => {
  await served.close()
  await secured.close()
  await db.close()
  folder.done()
})

const answers: [string, (url: string) => Promise<Response>, number, string][] = [
  ['a page', (url) => fetch(url), 200, 'no-store'],
  ['a script', (url) => fetch(`${url}/assets/main-abc.js`), 200, 'public, max-age=31536000, immutable'],
  ['a call', (url) => call(url, 'session.get', { headers: { origin: url, host: new URL(url).host } }), 200, 'no-store'],
  ['a missing file', (url) => fetch(`${url}/assets/gone.js`), 404, 'no-store'],
  ['a refused call', (url) => call(url, 'students.list'), 401, 'no-store'],
  [
    'a foreign call',
    (url) => call(url, 'session.get', { headers: { origin: 'https://evil.example' } }),
    403,
    'no-store',
  ],
  ['a health check', (url) => fetch(`${url}/health/ready`), 200, 'no-store'],
]

const expected = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-app-version': 'dev',
}

test.each(answers)('%s carries every protective header', async (_what, ask, status, cached) => {
  const { headers, status: got } = await ask(served.url)
  expect(got).toBe(status)
  expect(Object.fromEntries(headers)).toMatchObject(expected)
  const policy = headers.get('content-security-policy')
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
    expect(policy?.split('; ')).toContain(rule)
  expect(headers.get('permissions-policy')).toContain('camera=()')
  expect(headers.get('cache-control')).toBe(cached)
  expect(headers.get('strict-transport-security')).toBe(null)
  expect(headers.get('x-powered-by')).toBe(null)
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/)
})

test.each(answers.filter(([what]) => !what.includes('call')))(
  'where the register is reached by https, %s insists on it',
  async (_what, ask) => {
    expect((await ask(secured.url)).headers.get('strict-transport-security')).toBe('max-age=31536000')
  },
)

test('the names below are held to https too only where the operator says so', async () => {
  const config = { publicUrl: 'https://register.school.example', hstsSubdomains: true }
  const wider = await serve(db, { config })
  const { headers } = await fetch(`${wider.url}/health/live`)
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  await wider.close()
})

test("a proxy's request id is kept, anything else is replaced", async () => {
  const ask = (id: string) => fetch(`${served.url}/health/live`, { headers: { 'x-request-id': id } })
  expect((await ask('proxy-0001')).headers.get('x-request-id')).toBe('proxy-0001')
  for (const id of ['short', 'with a space', '{"level":"info"}', 'x'.repeat(65)])
    expect((await ask(id)).headers.get('x-request-id')).not.toBe(id)
})
