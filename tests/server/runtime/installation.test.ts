/** Which register a database is: two on one host don't sign each other out, and a copy becomes one of its own. */
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { installation, oneTimeTokens, sessions } from '../../../db/schema/index.ts'
import { startSession } from '../../../server/auth/sessions.ts'
import { installationId } from '../../../server/runtime/installation.ts'
import { makeAccount, password } from '../../setup/accounts.ts'
import { db, makeSchool } from '../../setup/people.ts'
import type { Running } from '../../setup/server.ts'
import { call, homeroom, startServer } from '../../setup/server.ts'

const school = await makeSchool()
const { email, userId } = await makeAccount(school, 'viewer')
const running: Running[] = []
const forget = () => db.transaction(noSchool, async (tx) => void (await tx.delete(installation)))

beforeEach(forget)
afterEach(() => Promise.all(running.splice(0).map((server) => server.kill())))
afterAll(() => db.close())

const idOf = async () => (await db.select().from(installation)).map(({ id }) => id).join()

async function cookieNamesOf(server: Running): Promise<string[]> {
  const headers = { 'idempotency-key': newId() }
  const answer = await call(server.url, 'session.create', { input: { email, password }, headers })
  return answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0] ?? '')
}

test('of ten processes that start at once, all say the same, and keep saying it', async () => {
  const others = await Promise.all(Array.from({ length: 9 }, () => open()))
  try {
    const said = await Promise.all([db, ...others].map(installationId))
    expect(new Set(said)).toEqual(new Set([await idOf()]))
    expect(said[0]).toMatch(/^[0-9a-f]{12}$/)
    expect(await installationId(db)).toBe(said[0])
  } finally {
    await Promise.all(others.map((other) => other.close()))
  }
})

test('two servers of one register name their cookies alike, and another register does not', async () => {
  running.push(...(await Promise.all([startServer(), startServer()])))
  const [first, second] = await Promise.all(running.map(cookieNamesOf))
  expect(first).toEqual([`homeroom-${await idOf()}`, 'homeroom', 'homeroom-device'])
  expect(second).toEqual(first)
  const before = await idOf()
  await forget()
  expect(await installationId(db)).not.toBe(before)
})

test('a copy that is detached has another id, and no session or link of the original opens it', async () => {
  const original = await installationId(db)
  const id = newId()
  await db.transaction(noSchool, async (tx) => {
    await startSession(tx, id, userId, new Date())
    const link = { id: newId(), purpose: 'passwordReset', tokenHash: newId(), userId, expiresAt: new Date() } as const
    await tx.insert(oneTimeTokens).values(link)
  })
  const { code, said, output } = await homeroom(['detach'])
  expect(code).toBe(0)
  expect(output).toContain('"event":"auth.detached"')
  expect(await idOf()).not.toBe(original)
  expect(said).toBe(
    `The register is installation ${await idOf()} now. All sessions and links in it have ended: restart its servers, then sign in again\n`,
  )
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id))
  expect(session?.tokenHash).toBe(`ended:${id}`)
  expect(await db.select().from(oneTimeTokens)).toEqual([])

  await forget()
  const { said: json } = await homeroom(['detach', '--json'])
  expect(JSON.parse(json)).toEqual({ installation: await idOf() })
  expect((await homeroom(['detach', 'northgate'])).code).toBe(2)
})
