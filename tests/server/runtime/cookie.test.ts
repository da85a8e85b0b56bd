/** The session's cookie, as a browser gets it over a real socket. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { installationId } from '../../../server/runtime/installation.ts'
import { makeAccount, password } from '../../setup/accounts.ts'
import { db, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

const publicUrl = 'https://register.school.example'
const { email } = await makeAccount(await makeSchool(), 'viewer')
const installation = await installationId(db)
let plain: Served
let secured: Served
beforeAll(async () => {
  plain = await serve(db)
  secured = await serve(db, { config: { publicUrl, trustProxy: 1 } })
})
afterAll(async () => {
  await plain.close()
  await secured.close()
  await db.close()
})

const overHttps = { origin: publicUrl, 'x-forwarded-proto': 'https' }
const signIn = (url: string, headers = {}, secret = password) =>
  call(url, 'session.create', {
    input: { email, password: secret },
    headers: { 'idempotency-key': newId(), ...headers },
  })
/** Those of the session: what remembers the browser is tested with the limits. */
const allParts = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((cookie) => !cookie.includes('homeroom-device='))
    .map((cookie) => cookie.split('; '))
/** Without the one for servers of the release before. */
const parts = (answer: Response) => allParts(answer).filter(([pair]) => pair?.includes(`homeroom-${installation}=`))
const personOf = async (answer: Response) => (await answer.json()).result.data.person

test('over https the cookie can be set by this host alone, and read by no script', async () => {
  const [[pair = '', ...attributes] = []] = parts(await signIn(secured.url, overHttps))
  expect(pair).toMatch(new RegExp(`^__Host-homeroom-${installation}=[\\w-]{43}$`))
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'])
  const known = await call(secured.url, 'session.get', { headers: { ...overHttps, cookie: pair } })
  expect((await personOf(known)).email).toBe(email)
  const renamed = pair.replace('__Host-', '')
  const unknown = await call(secured.url, 'session.get', { headers: { ...overHttps, cookie: renamed } })
  expect(await personOf(unknown)).toBe(null)
})

test('over plain http, as on the machine itself, it is the same but for Secure', async () => {
  const [[pair = '', ...attributes] = []] = parts(await signIn(plain.url))
  expect(pair).toMatch(new RegExp(`^homeroom-${installation}=[\\w-]{43}$`))
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax'])
  const known = await call(plain.url, 'session.get', { headers: { cookie: `theme=dark; ${pair}; x=y` } })
  expect((await personOf(known)).email).toBe(email)
})

test('a cookie somebody prepared before the sign-in is not the one afterwards', async () => {
  const prepared = `homeroom-${installation}=${'A'.repeat(43)}`
  const [[pair] = []] = parts(await signIn(plain.url, { cookie: prepared }))
  expect(pair).not.toBe(prepared)
  const answer = await call(plain.url, 'session.get', { headers: { cookie: prepared } })
  expect(await personOf(answer)).toBe(null)
})

test('signing in anew ends the session one came with, and no other', async () => {
  const [[elsewhere = ''] = []] = parts(await signIn(plain.url))
  const [[before = ''] = []] = parts(await signIn(plain.url))
  await signIn(plain.url, { cookie: before }, 'not the password')
  const whose = async (cookie: string) => personOf(await call(plain.url, 'session.get', { headers: { cookie } }))
  expect(await whose(before)).not.toBe(null)
  const [[after = ''] = []] = parts(await signIn(plain.url, { cookie: before }))
  expect(await whose(before)).toBe(null)
  for (const cookie of [after, elsewhere]) expect((await whose(cookie)).email).toBe(email)
})

test('where the public address is https, no proxy’s word gets a session sent in the clear', async () => {
  const inTheClear = { origin: publicUrl, 'x-forwarded-proto': 'http' }
  const [[pair = '', ...attributes] = []] = parts(await signIn(secured.url, inTheClear))
  expect(pair).toMatch(/^__Host-homeroom-/)
  expect(attributes).toContain('Secure')
  const renamed = pair.replace('__Host-', '')
  const answer = await call(secured.url, 'session.get', { headers: { ...inTheClear, cookie: renamed } })
  expect(await personOf(answer)).toBe(null)
})

test.each(['trpc-accept', 'accept'])(
  'a sign-in that asks for a stream by %s is answered and logged as any',
  async (name) => {
    const stream = { [name]: 'application/jsonl' }
    expect(parts(await signIn(plain.url, stream))).toHaveLength(1)
    const refused = await signIn(plain.url, { ...stream, 'x-request-id': `streamed-${name}` }, 'not the password')
    expect(refused.status).toBe(401)
    const logged = plain.lines.map((text) => JSON.parse(text)).filter(({ event }) => event === 'request')
    const line = logged.find(({ req_id }) => req_id === `streamed-${name}`)
    expect(line).toMatchObject({ status: 401, reasons: ['session.wrong_password'] })
  },
)

test('no cookie comes with a wrong password, nor with a repeated request', async () => {
  expect(parts(await signIn(plain.url, {}, 'not the password'))).toEqual([])
  const key = { 'idempotency-key': newId() }
  expect(parts(await signIn(plain.url, key))).toHaveLength(1)
  const again = await signIn(plain.url, key)
  expect([again.status, parts(again)]).toEqual([409, []])
})

test('signing out ends the session, removes the cookie and what the browser kept', async () => {
  const [[pair = ''] = []] = parts(await signIn(plain.url))
  const out = await call(plain.url, 'session.remove', { headers: { cookie: pair, 'idempotency-key': newId() } })
  expect(out.status).toBe(200)
  expect(allParts(out)).toEqual(
    [`homeroom-${installation}=`, 'homeroom='].map((removed) => [
      removed,
      'Max-Age=0',
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
    ]),
  )
  expect(out.headers.get('clear-site-data')).toBe('"cache"')
  const after = await call(plain.url, 'session.get', { headers: { cookie: pair } })
  expect(await personOf(after)).toBe(null)
})

test.each([
  ['plain http', () => plain.url, {}, ''],
  ['https', () => secured.url, overHttps, '__Host-'],
] as const)(
  'beside a server of the release before, over %s, each goes on with the sessions of the other',
  async (_over, url, headers, prefix) => {
    const whose = async (cookie: string) => {
      const found = await personOf(await call(url(), 'session.get', { headers: { ...headers, cookie } }))
      return found?.email
    }
    const [[own = '', ...attributes] = [], [common = '', ...others] = []] = allParts(await signIn(url(), headers))
    expect(common).toBe(own.replace(`-${installation}=`, '='))
    expect(others).toEqual(attributes)
    // All that the older one has set, and read.
    const token = common.split('=')[1]
    expect(await whose(`${prefix}homeroom=${token}`)).toBe(email)

    // Signed out there, and in again: what it did not know is still in the browser.
    await call(url(), 'session.remove', { headers: { ...headers, cookie: common, 'idempotency-key': newId() } })
    expect(await whose(own)).toBe(undefined)
    const [, [again = ''] = []] = allParts(await signIn(url(), headers))
    expect(await whose(`${own}; ${again}`)).toBe(email)
    expect(await whose(`${again}; ${own}`)).toBe(email)
  },
)

test('who tried too often is told when to come back', async () => {
  for (let n = 0; n < 10; n++) await signIn(plain.url, {}, 'not the password')
  const refused = await signIn(plain.url)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
})

test('an address in a header counts only when a proxy that we trust wrote it', async () => {
  const school = await makeSchool()
  // So many that none of them reaches a limit of its own.
  const people = await Promise.all(Array.from({ length: 12 }, () => makeAccount(school, 'viewer')))
  const wrong = (url: string, n: number, forwarded: string, headers = {}) =>
    call(url, 'session.create', {
      input: { email: people[n % people.length]?.email, password: 'not the password' },
      headers: { 'idempotency-key': newId(), 'x-forwarded-for': forwarded, ...headers },
    })
  const spoofed = await Promise.all(Array.from({ length: 110 }, (_, n) => wrong(plain.url, n, `198.51.100.${n}`)))
  expect(spoofed.some(({ status }) => status === 429)).toBe(true)
  const proxied = await Promise.all(
    Array.from({ length: 110 }, (_, n) => wrong(secured.url, n, `6.6.6.6, 203.0.113.${n}`, overHttps)),
  )
  expect(proxied.every(({ status }) => status === 401)).toBe(true)
})
