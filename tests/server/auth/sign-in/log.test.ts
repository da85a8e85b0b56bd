/** What the log tells of sign-ins: whose account by its id, and addresses only as hashes that need a key. */
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { hashedFor } from '../../../../server/runtime/sign-in-log.ts'
import { makeAccount, password } from '../../../setup/accounts.ts'
import { as, db, makeSchool, now } from '../../../setup/people.ts'
import { call, serve } from '../../../setup/server.ts'

const logHashKey = 'a key that is long enough'
const school = await makeSchool()
const served = await serve(db, { now: () => now, config: { logHashKey, trustProxy: 1 } })
afterAll(async () => {
  await served.close()
  await db.close()
})

const another = 'nine tall red chimneys'
const address = '203.0.113.77'
const post = (procedure: string, input: object, headers: Record<string, string> = {}) =>
  call(served.url, procedure, {
    input,
    headers: { 'idempotency-key': newId(), 'x-forwarded-for': address, ...headers },
  })
/** The lines of sign-ins since the last time, without what every line has. */
const told = () =>
  served.lines.splice(0).flatMap((line) => {
    const { event, level, way, user_id, account, network, reason } = JSON.parse(line)
    return event.startsWith('auth.') ? [{ event, level, way, user_id, account, network, reason }] : []
  })
const network = hashedFor({ logHashKey }, address)

test('who signs in is told by account, way and hashed network; who does not, by hashes alone', async () => {
  const { email, userId } = await makeAccount(school, 'viewer')
  const account = hashedFor({ logHashKey }, email)
  const answer = await post('session.create', { email, password })
  expect(told()).toEqual([{ event: 'auth.signed_in', level: 'info', way: 'password', user_id: userId, network }])
  const failed = { event: 'auth.failed', level: 'info', way: 'password', network, reason: 'session.wrong_password' }
  await post('session.create', { email, password: another })
  await post('session.create', { email: 'nobody@school.example', password: another })
  expect(told()).toEqual([
    { ...failed, account },
    { ...failed, account: hashedFor({ logHashKey }, 'nobody@school.example') },
  ])
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  await post('session.changePassword', { oldPassword: another, newPassword: 'ten small brown boats' }, { cookie })
  await post('session.changePassword', { oldPassword: password, newPassword: another }, { cookie })
  const own = { level: 'info', way: 'change', user_id: userId, network }
  expect(told()).toEqual([
    { ...own, event: 'auth.failed', reason: 'password.wrong' },
    { ...own, event: 'auth.password_changed' },
  ])
})

test('too many attempts, links and links that are over are told too', async () => {
  const person = await makeAccount(school, 'viewer')
  for (let n = 0; n < 11; n++) await post('session.create', { email: person.email, password: another })
  expect(told().at(-1)).toMatchObject({ event: 'auth.failed', reason: 'session.too_many_attempts' })
  const boss = await makeAccount(school, 'administrator')
  const [member] = (await as(boss).members.list({})).filter(({ email }) => email === person.email)
  const { link } = await as(boss).members.resetPassword({ id: member?.id ?? '', version: member?.version ?? 0 })
  const { token } = link
  await post('invitation.accept', { token, password: another })
  await post('invitation.accept', { token, password: another })
  expect(told()).toEqual([
    { event: 'auth.signed_in', level: 'info', way: 'link', user_id: person.userId, network },
    { event: 'auth.failed', level: 'info', way: 'link', network, reason: 'link.expired' },
  ])
})

test('neither addresses nor passwords are in the log, and without the key a hash tells nothing', async () => {
  const { email } = await makeAccount(school, 'viewer')
  await post('session.create', { email, password: another })
  await post('session.create', { email, password })
  const text = served.lines.join('')
  expect(text).toContain('auth.signed_in')
  for (const secret of [email, address, password, another, logHashKey]) expect(text).not.toContain(secret)
  expect(hashedFor({ logHashKey: 'another key, as long' }, address)).not.toBe(network)
})
