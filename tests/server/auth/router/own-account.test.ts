/** What a person does with their own account, over two servers on one database. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Outputs } from '../../../../client/trpc.ts'
import type { Database } from '../../../../db/database.ts'
import { noSchool } from '../../../../db/database.ts'
import { newId } from '../../../../db/kit.ts'
import { open } from '../../../../db/open.ts'
import { rateLimits, sessions } from '../../../../db/schema/index.ts'
import { startSession } from '../../../../server/auth/sessions.ts'
import type { School } from '../../../../server/context.ts'
import { makeAccount, password } from '../../../setup/accounts.ts'
import { db, makeSchool } from '../../../setup/people.ts'
import type { Served } from '../../../setup/server.ts'
import { call, serve } from '../../../setup/server.ts'

const other = 'five quiet blue lamps'
let school: School
let second: Database
let servers: [Served, Served]
beforeAll(async () => {
  school = await makeSchool()
  second = await open()
  servers = [await serve(db), await serve(second)]
})
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(async () => {
  for (const server of servers) await server.close()
  await second.close()
  await db.close()
})

const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
async function signIn(email: string, { secret = password, userAgent = 'Browser/1.0', at = 0 as 0 | 1 } = {}) {
  const headers = { 'idempotency-key': newId(), 'user-agent': userAgent }
  const answer = await call(servers[at].url, 'session.create', { input: { email, password: secret }, headers })
  return { status: answer.status, cookie: cookieOf(answer) }
}
/** Calls as the browser that has the cookie; alternately at either server. */
async function as<T = unknown>(cookie: string, procedure: string, input?: unknown, at: 0 | 1 = 0) {
  const headers = { cookie, 'idempotency-key': newId(), 'x-school': school.slug }
  const answer = await call(servers[at].url, procedure, { input, headers })
  const body = await answer.json()
  return { answer: body.result?.data as T, reason: body.error?.message as string | undefined, cookie: cookieOf(answer) }
}
type Sessions = Outputs['session']['list']
const isIn = async (cookie: string, at: 0 | 1) =>
  (await as<Outputs['session']['get']>(cookie, 'session.get', undefined, at)).answer.person !== null

test('one sees one’s own open sessions, with the browser, and which one this is', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const desk = await signIn(email, { userAgent: 'Desk/1.0' })
  const phone = await signIn(email, { userAgent: `Phone/${'9'.repeat(400)}` })
  await signIn((await makeAccount(school, 'viewer')).email)
  const { answer } = await as<Sessions>(desk.cookie, 'session.list')
  expect(answer.map(({ userAgent, isThis }) => [userAgent?.slice(0, 8), isThis]).toSorted()).toEqual([
    ['Desk/1.0', true],
    ['Phone/99', false],
  ])
  expect(answer.every(({ userAgent }) => (userAgent?.length ?? 0) <= 300)).toBe(true)
  expect(await isIn(phone.cookie, 1)).toBe(true)
})

test('a session that is ended from another one is over at once on every server', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const [desk, phone] = [await signIn(email), await signIn(email, { at: 1 })]
  const listed = (await as<Sessions>(desk.cookie, 'session.list')).answer
  const sessionId = listed.find(({ isThis }) => !isThis)?.id
  expect((await as(desk.cookie, 'session.revoke', { sessionId })).reason).toBe(undefined)
  for (const at of [0, 1] as const) {
    expect(await isIn(phone.cookie, at)).toBe(false)
    expect(await isIn(desk.cookie, at)).toBe(true)
  }
  expect((await as<Sessions>(desk.cookie, 'session.list')).answer).toHaveLength(1)
  expect((await as(desk.cookie, 'session.revoke', { sessionId })).reason).toBe('session.not_found')
})

test('all other sessions are ended with one press, this one goes on', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const [desk, phone, tablet] = [await signIn(email), await signIn(email), await signIn(email, { at: 1 })]
  await as(desk.cookie, 'session.revokeOthers', undefined, 1)
  const left = await Promise.all([desk, phone, tablet].map(({ cookie }) => isIn(cookie, 0)))
  expect(left).toEqual([true, false, false])
})

test('nobody ends the session of somebody else', async () => {
  const [victim, stranger] = [await makeAccount(school, 'viewer'), await makeAccount(school, 'administrator')]
  const [theirs, mine] = [await signIn(victim.email), await signIn(stranger.email)]
  const [row] = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, victim.userId))
  expect((await as(mine.cookie, 'session.revoke', { sessionId: row?.id })).reason).toBe('session.not_found')
  expect(await isIn(theirs.cookie, 0)).toBe(true)
})

test('another password needs the old one, ends every other session and takes the place of the old at once', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const [desk, phone] = [await signIn(email), await signIn(email)]
  const change = (oldPassword: string, newPassword = other) =>
    as(desk.cookie, 'session.changePassword', { oldPassword, newPassword })
  expect((await change('not the password')).reason).toBe('password.wrong')
  expect((await change(password, 'northgate2026')).reason).toBe('password.common')
  expect(await isIn(phone.cookie, 0)).toBe(true)
  const { cookie, reason } = await change(password)
  expect(reason).toBe(undefined)
  const left = await Promise.all([cookie, desk.cookie, phone.cookie].map((one) => isIn(one, 1)))
  expect(left).toEqual([true, false, false])
  expect((await signIn(email)).status).toBe(401)
  expect((await signIn(email, { secret: other })).status).toBe(200)
})

test('guessing the old password at an open screen is stopped after ten tries', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const { cookie } = await signIn(email)
  const reasons = []
  for (let n = 0; n < 12; n++)
    reasons.push((await as(cookie, 'session.changePassword', { oldPassword: `guess ${n}`, newPassword: other })).reason)
  expect(reasons.filter((reason) => reason === 'password.wrong')).toHaveLength(10)
  expect(reasons.at(-1)).toBe('session.too_many_attempts')
})

test('an administrator’s word about a member counts on every server from the next request on', async () => {
  const boss = await signIn((await makeAccount(school, 'administrator')).email)
  const { email } = await makeAccount(school, 'viewer')
  const member = await signIn(email, { at: 1 })
  const listed = async () => (await as<Outputs['members']['list']>(boss.cookie, 'members.list', {})).answer
  const seen = async () => {
    const { id, version } = (await listed()).find((one) => one.email === email) ?? {}
    return { id, version }
  }
  const roleAt = async (at: 0 | 1) =>
    (await as<Outputs['session']['get']>(member.cookie, 'session.get', undefined, at)).answer.person?.schools[0]?.role
  expect((await as(member.cookie, 'members.list', {}, 1)).reason).toBe('permission.missing')
  await as(boss.cookie, 'members.update', { ...(await seen()), role: 'administrator' })
  expect([await roleAt(0), await roleAt(1)]).toEqual(['administrator', 'administrator'])
  expect((await as(member.cookie, 'members.list', {}, 1)).reason).toBe(undefined)
  await as(boss.cookie, 'members.update', { ...(await seen()), role: 'viewer' })
  expect((await as(member.cookie, 'members.list', {}, 1)).reason).toBe('permission.missing')
  await as(boss.cookie, 'members.endSessions', await seen())
  for (const at of [0, 1] as const) expect(await isIn(member.cookie, at)).toBe(false)
  const after = (await listed()).find((one) => one.email === email)
  expect(after?.openSessions).toBe(0)
  expect(after?.lastSeenAt).not.toBe(null)
})

test('signing out still says when somebody was last here, and a day later the next sign-in keeps that', async () => {
  const { email, userId } = await makeAccount(school, 'viewer')
  const { cookie } = await signIn(email)
  await as(cookie, 'session.remove')
  expect(await isIn(cookie, 0)).toBe(false)
  const { userId: colleague } = await makeAccount(school, 'viewer')
  const tomorrow = new Date(Date.now() + 25 * 3_600_000)
  await db.transaction(noSchool, (tx) => startSession(tx, newId(), colleague, tomorrow))
  const kept = await db.select({ hash: sessions.tokenHash }).from(sessions).where(eq(sessions.userId, userId))
  expect(kept.map(({ hash: one }) => one.startsWith('ended:'))).toEqual([true])
})
