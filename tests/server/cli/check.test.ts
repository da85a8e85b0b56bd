import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAccount, password } from '../../setup/accounts.ts'
import { as, db, makeSchool } from '../../setup/people.ts'
import type { Running } from '../../setup/server.ts'
import { homeroom, startServer } from '../../setup/server.ts'

let server: Running
let emails: Record<'viewer' | 'registrar', string>

beforeAll(async () => {
  const school = await makeSchool('Checked')
  const registrar = await makeAccount(school, 'registrar')
  emails = { viewer: (await makeAccount(school, 'viewer')).email, registrar: registrar.email }
  await as(registrar).classes.create({ title: 'Algebra 1' })
  server = await startServer()
})
afterAll(async () => {
  await server.stop()
  await db.close()
})

/** What a visit might leave. */
const kept = () =>
  db.rows(sql`select (select count(*) from presences) as presences, (select count(*) from operations) as operations,
    (select count(*) from sessions where token_hash not like 'ended:%') as sessions`)
const check = (email: string, input = password, url = server.url) =>
  homeroom(['check', '--url', url, '--email', email], { input: `${input}\n` })
const steps = (said: string) =>
  said
    .trim()
    .split('\n')
    .map((line) => line.slice(0, 28).trim())

test('a register in order passes every step, and leaves nothing behind', async () => {
  const before = await kept()
  const { code, said } = await check(emails.viewer)
  expect(steps(said).every((line) => line.startsWith('ok'))).toBe(true)
  expect(steps(said).map((line) => line.slice(8))).toEqual([
    'ready',
    'page',
    'script',
    'closed to strangers',
    'sign in',
    'session',
    'home',
    'students',
    'classes',
    'write',
    'live',
    'sign out',
  ])
  expect(code).toBe(0)
  expect(await kept()).toEqual(before)
  const json = await homeroom(['check', '--url', server.url, '--email', emails.viewer, '--json'], { input: password })
  expect(JSON.parse(json.said)).toMatchObject({ ok: true, steps: expect.any(Array) })
})

test('it stops at the first step that fails, and says what is wrong', async () => {
  const wrong = await check(emails.viewer, 'not the password')
  expect(wrong.code).toBe(1)
  expect(wrong.said.trim().split('\n').at(-1)).toMatch(
    /^FAILED {2}sign in .* session\.create answered 401 \(session\.wrong_password\)$/,
  )
  const away = await check(emails.viewer, password, 'http://127.0.0.1:9')
  expect(away.code).toBe(1)
  expect(away.said).toMatch(/^FAILED {2}ready .*\n$/)
})

test('an account that could do harm is not used', async () => {
  const before = await kept()
  const { code, said } = await check(emails.registrar)
  expect(code).toBe(1)
  expect(await kept()).toEqual(before)
  expect(said).toContain('the account is registrar of checked: use one that is a viewer')
})

test.each([
  [['check', '--email', 'a@b.example'], 'Say --url'],
  [['check', '--url', 'register.school.example', '--email', 'a@b.example'], 'Say --url'],
  [['check', '--url', 'https://register.school.example'], 'Say --email'],
])('what it needs is said: %o', async (args, message) => {
  const { code, output } = await homeroom(args)
  expect(code).toBe(2)
  expect(output).toContain(message)
})
