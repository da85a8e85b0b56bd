/** Whom wrong passwords keep out, and for how long. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { rateLimits } from '../../../db/schema/index.ts'
import { hashPassword } from '../../../server/auth/passwords.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { newSetupToken } from '../../../server/auth/setup.ts'
import { changeAccount, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf, seen } from '../../setup/answers.ts'
import { as, db, makeSchool, now } from '../../setup/people.ts'
import { serve } from '../../setup/server.ts'

const school = await makeSchool()
const { email } = await makeAccount(school, 'registrar')
const day = 86_400_000
const ahead = new Date(now.getTime() + 400 * day)
const wrong = 'not the password'
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(() => db.close())

/** The browser of somebody who signed in with it once. */
async function ownBrowser(who: string): Promise<string> {
  const cookies: string[] = []
  await visitor({ setDevice: (value) => void cookies.push(value) }).session.create({ email: who, password })
  return cookies[0] ?? ''
}
const failures = async (count: number, who: () => string, more = {}) => {
  const reasons: string[] = []
  for (let n = 0; n < count; n++)
    reasons.push(await reasonOf(visitor(more).session.create({ email: who(), password: wrong })))
  return reasons
}

test('guessing is slowed down before it is refused, and the first tries are not', async () => {
  const paused: number[] = []
  await failures(10, () => email, { pause: async (ms: number) => void paused.push(ms) })
  expect(paused.filter((ms) => ms > 0)).toEqual([250, 500, 750, 1000, 1250])
})

test('whoever signed in with this browser before gets in however many wrong passwords come from the same address', async () => {
  const device = await ownBrowser(email)
  await failures(101, () => 'x@nobody.example')
  await failures(101, () => email)
  expect(await reasonOf(visitor().session.create({ email, password }))).toBe('session.too_many_attempts')
  expect(await reasonOf(visitor({ device }).session.create({ email, password }))).toBe('done')
})

test('such a browser has a limit of its own, counts for no other account, and is forgotten with the password', async () => {
  const { email: own, userId } = await makeAccount(school, 'viewer')
  const device = await ownBrowser(own)
  const reasons = await failures(11, () => own, { device })
  expect(reasons.filter((reason) => reason === 'session.wrong_password')).toHaveLength(10)
  expect(reasons.at(-1)).toBe('session.too_many_attempts')
  await changeAccount(userId, { passwordHash: await hashPassword(password) })
  await failures(101, () => 'y@nobody.example')
  const forged = device.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  for (const [who, by] of [
    [own, device],
    [email, device],
    [own, forged],
    [own, '~'],
  ] as const)
    expect(await reasonOf(visitor({ device: by }).session.create({ email: who, password }))).toBe(
      'session.too_many_attempts',
    )
})

test('a browser that signs in over and over does not give its address new tries', async () => {
  const device = await ownBrowser(email)
  await failures(100, () => 'z@nobody.example')
  for (let n = 0; n < 3; n++) await visitor({ device }).session.create({ email, password })
  expect(await failures(1, () => 'another@nobody.example')).toEqual(['session.too_many_attempts'])
})

test('a browser of several people remembers each of them', async () => {
  const { email: colleague } = await makeAccount(school, 'viewer')
  let device = ''
  const setDevice = (value: string) => {
    device = value
  }
  for (const who of [email, colleague, email])
    await visitor({ device, setDevice }).session.create({ email: who, password })
  expect(device.split('~')).toHaveLength(2)
})

test('the device’s cookie is for the server alone, opens nothing and stays when its person signs out', async () => {
  const served = await serve(db)
  const headers = { origin: served.url, 'content-type': 'application/json', 'idempotency-key': newId() }
  const body = JSON.stringify({ email, password })
  const answer = await fetch(`${served.url}/trpc/session.create`, { method: 'POST', headers, body })
  const device = answer.headers.getSetCookie().find((one) => one.startsWith('homeroom-device=')) ?? ''
  expect(device).toMatch(/^homeroom-device=[\w-]{16}\.[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  const cookie = device.split(';')[0] ?? ''
  const asked = await fetch(`${served.url}/trpc/session.get`, { method: 'POST', headers: { ...headers, cookie } })
  expect((await asked.json()).result.data.person).toBe(null)
  await served.close()
})

test('no limit outlives its window: not when the clock was 400 days ahead, and not when it comes back', async () => {
  await failures(11, () => email, { now: ahead })
  expect(await reasonOf(visitor({ now: ahead }).session.create({ email, password }))).toBe('session.too_many_attempts')
  expect(await reasonOf(visitor().session.create({ email, password }))).toBe('done')
  await failures(11, () => email)
  expect(await reasonOf(visitor().session.create({ email, password }))).toBe('session.too_many_attempts')
})

test('a session or a link that was made while the clock was ahead does not outlive it', async () => {
  const person = await makeAccount(school, 'viewer')
  const boss = await makeAccount(school, 'administrator')
  const cookie = await db.transaction(noSchool, (tx) => startSession(tx, newId(), person.userId, ahead))
  expect(await findPerson(db, cookie, ahead)).not.toBe(null)
  expect(await findPerson(db, cookie, now)).toBe(null)
  const member = (await as(boss).members.list({})).find((one) => one.email === person.email)
  const then = as({ ...boss, signedInAt: ahead }, { now: ahead })
  const { link } = await then.members.resetPassword(seen(member ?? { id: '', version: 0 }))
  expect(await reasonOf(visitor({ now: ahead }).invitation.get({ token: link.token }))).toBe('done')
  expect(await reasonOf(visitor().invitation.get({ token: link.token }))).toBe('link.expired')
  const setup = (await newSetupToken(db, ahead)) ?? ''
  expect(await reasonOf(visitor({ now: ahead }).setup.get({ token: setup }))).toBe('done')
  expect(await reasonOf(visitor().setup.get({ token: setup }))).toBe('link.expired')
})

test.each([
  [0, 1],
  [1, 0],
])('with TRUST_PROXY %i, a forwarded address is warned of %i times', async (trustProxy, times) => {
  const served = await serve(db, { config: { publicUrl: undefined, trustProxy } })
  for (let n = 0; n < 3; n++)
    await fetch(`${served.url}/health/live`, { headers: { 'x-forwarded-for': `192.0.2.${n}` } })
  const said = served.lines.filter((line) => line.includes('"proxy.untrusted"'))
  expect(said).toHaveLength(times)
  expect(said.join()).not.toContain('192.0.2.')
  await served.close()
})
