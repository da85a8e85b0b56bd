/** What an attacker asks over the network, of every procedure. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { makeAccount, password } from '../../setup/accounts.ts'
import { as, db, makeSchool, now } from '../../setup/people.ts'
import { procedures } from '../../setup/sample-input.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

const school = await makeSchool('Northgate')
const boss = await makeAccount(school, 'administrator')
const publicUrl = 'https://register.school.example'
let served: Served
let secured: Served
beforeAll(async () => {
  served = await serve(db)
  secured = await serve(db, { config: { publicUrl }, now: () => now })
})
afterAll(async () => {
  await served.close()
  await secured.close()
  await db.close()
})

test('whatever signs somebody in sets cookies that this host alone can set and read', async () => {
  const { link } = await as(boss).members.invite({ name: 'Pat Reed', email: 'pat@school.example', role: 'viewer' })
  const send = (procedure: string, input: object, cookie = '') =>
    call(secured.url, procedure, { input, headers: { origin: publicUrl, cookie, 'idempotency-key': newId() } })
  const joined = await send('invitation.accept', { token: link.token, password })
  const session = joined.headers.getSetCookie()[0]?.split(';')[0]
  const changed = await send(
    'session.changePassword',
    { oldPassword: password, newPassword: 'nine tall red chimneys' },
    session,
  )
  const left = await send('session.remove', {}, changed.headers.getSetCookie()[0]?.split(';')[0])
  const cookies = [joined, changed, left].map(({ headers }) => headers.getSetCookie())
  expect(cookies.map(({ length }) => length)).toEqual([3, 3, 2])
  for (const cookie of cookies.flat()) {
    const [pair, ...attributes] = cookie.split('; ')
    expect(pair).toMatch(/^__Host-homeroom(-device|-[0-9a-f]{12})?=/)
    expect(attributes.filter((one) => !one.startsWith('Max-Age=')).toSorted()).toEqual([
      'HttpOnly',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
  }
})

test('no procedure is called by GET but the one that listens', async () => {
  const headers = { cookie: `homeroom=${'A'.repeat(43)}`, 'x-school': school.slug }
  const paths = procedures.map(([path]) => path).filter((path) => path !== 'live.changes')
  expect(paths.length).toBeGreaterThan(100)
  for (const path of [...paths, 'live.changes,session.remove', 'session.remove,live.changes'])
    for (const query of ['', '?batch=1&input=%7B%7D']) {
      const { status } = await fetch(`${served.url}/trpc/${path}${query}`, { headers })
      expect(status, `${path}${query}`).toBe(405)
    }
})

test('no other site is told that it may ask or read', async () => {
  const asked = { origin: 'https://evil.example', 'access-control-request-headers': 'content-type' }
  for (const method of ['OPTIONS', 'GET', 'POST', 'HEAD'])
    for (const path of ['/', '/trpc/session.create', '/trpc/live.changes', '/health/ready']) {
      const headers = { ...asked, 'access-control-request-method': 'POST' }
      const { headers: told } = await fetch(served.url + path, { method, headers })
      expect([...told.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
})

test('a trusted proxy’s word that a browser came by https is enough to insist on it, and nobody else’s is', async () => {
  const behind = await serve(db, { config: { trustProxy: 1 } })
  const told = async (url: string, proto: string) =>
    (await fetch(url, { headers: { 'x-forwarded-proto': proto } })).headers.get('strict-transport-security')
  expect(await told(behind.url, 'https')).toBe('max-age=31536000')
  expect(await told(behind.url, 'https, http')).toBe(null)
  expect(await told(served.url, 'https')).toBe(null)
  await behind.close()
})
