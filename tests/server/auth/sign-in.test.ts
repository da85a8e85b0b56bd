import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { rateLimits, sessions } from '../../../db/schema/index.ts'
import { hashPassword } from '../../../server/auth/passwords.ts'
import { networkOf } from '../../../server/auth/rate-limit.ts'
import { changeAccount, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { patiently } from '../../setup/patiently.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'

const school = await makeSchool()
const { email } = await makeAccount(school, 'registrar')
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(() => db.close())

test('the right password signs in, under a new token each time, of which only the hash is kept', async () => {
  const tokens: (string | null)[] = []
  for (const given of [email, ` ${email.toUpperCase()} `])
    await visitor({ setSession: (token) => tokens.push(token) }).session.create({ email: given, password })
  expect(new Set(tokens).size).toBe(2)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  const kept = JSON.stringify(await db.select().from(sessions))
  for (const token of tokens) expect(kept).not.toContain(token)
})

test('a wrong password and an account nobody has get the same answer', async () => {
  const failures = await Promise.all(
    [email, 'nobody@school.example'].map((given) =>
      visitor()
        .session.create({ email: given, password: 'not the password' })
        .catch((error) => error),
    ),
  )
  const [wrong, unknown] = failures.map(({ code, message, cause }) => ({
    code,
    message,
    reason: cause.reason,
    details: cause.details,
  }))
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ code: 'UNAUTHORIZED', reason: 'session.wrong_password' })
})

/** Processor time by nine tries on each, in a process that does nothing else. */
const measured = `
  import { isPassword } from './server/auth/passwords.ts'
  const took = async (against) => {
    const begun = process.cpuUsage()
    if (await isPassword(against, 'something else')) throw new Error('it is the password')
    const { user, system } = process.cpuUsage(begun)
    return user + system
  }
  await took(null)
  await took(process.argv[1])
  const pairs = []
  for (let round = 0; round < 9; round++) pairs.push([await took(null), await took(process.argv[1])])
  console.log(JSON.stringify(pairs))`

test('an account nobody has costs as much work as one with a password', async () => {
  const command = ['--import', 'tsx', '--input-type=module', '--eval', measured, await hashPassword(password)]
  const { stdout } = await promisify(execFile)(process.execPath, command)
  const pairs = JSON.parse(stdout) as [nobody: number, somebody: number][]
  const ratios = pairs.map(([nobody, somebody]) => nobody / somebody).toSorted((a, b) => a - b)
  expect(ratios[4]).toBeGreaterThan(0.4)
  expect(ratios[4]).toBeLessThan(2.5)
})

test('a disabled account, and one without a password, can not be told from a wrong password', async () => {
  const [disabled, invited] = [await makeAccount(school, 'viewer'), await makePerson(school, 'viewer')]
  await changeAccount(disabled.userId, { disabledAt: now })
  for (const given of [disabled.email, invited.email])
    expect(await reasonOf(visitor().session.create({ email: given, password }))).toBe('session.wrong_password')
})

test('of forty tries at once on one account, over two processes, ten are looked at', async () => {
  const other = await open()
  const tries = Array.from({ length: 40 }, (_, n) =>
    reasonOf(
      patiently(() => visitor({ db: n % 2 ? db : other }).session.create({ email, password: 'not the password' })),
    ),
  )
  const reasons = await Promise.all(tries)
  expect(reasons.filter((reason) => reason === 'session.wrong_password')).toHaveLength(10)
  expect(reasons.filter((reason) => reason === 'session.too_many_attempts')).toHaveLength(30)
  expect(await reasonOf(visitor().session.create({ email, password }))).toBe('session.too_many_attempts')
  const later = new Date(now.getTime() + 15 * 60_000)
  expect(await reasonOf(visitor({ now: later }).session.create({ email, password }))).toBe('done')
  await other.close()
})

test('from one network a hundred failures are looked at, whichever accounts they try', async () => {
  const failing = (address: string, n: number) =>
    reasonOf(
      patiently(() =>
        visitor({ address }).session.create({ email: `guess${n}@school.example`, password: 'not the password' }),
      ),
    )
  const reasons = await Promise.all(
    Array.from({ length: 105 }, (_, n) => failing(`2001:db8:1:2::${n.toString(16)}`, n)),
  )
  expect(reasons.filter((reason) => reason === 'session.wrong_password')).toHaveLength(100)
  expect(await failing('2001:db8:1:3::1', 200)).toBe('session.wrong_password')
})

test('ten wrong passwords from elsewhere do not lock a colleague out; a hundred from everywhere do', async () => {
  const victim = { email: (await makeAccount(school, 'viewer')).email, password: 'not the password' }
  const from = (network: number) => visitor({ address: `198.51.100.${network}` })
  for (let network = 0; network < 10; network++) {
    if (network === 1) expect(await reasonOf(from(200).session.create(victim))).toBe('session.wrong_password')
    const tries = Array.from({ length: 10 }, () => reasonOf(from(network).session.create(victim)))
    await Promise.all(tries)
  }
  expect(await reasonOf(from(201).session.create(victim))).toBe('session.too_many_attempts')
})

test('colleagues who sign in from one address do not use up its tries', async () => {
  for (let n = 0; n < 60; n++) expect(await reasonOf(visitor().session.create({ email, password }))).toBe('done')
})

test('who waits is told for how long', async () => {
  for (let n = 0; n < 10; n++) await reasonOf(visitor().session.create({ email, password: 'not the password' }))
  const half = new Date(now.getTime() + 10 * 60_000)
  const refused = await visitor({ now: half })
    .session.create({ email, password })
    .catch((error) => error)
  expect(refused.cause.details).toEqual({ retryAfter: 300 })
})

test('a repeated sign-in is a conflict, and sets no cookie', async () => {
  const key = newId()
  const cookies: (string | null)[] = []
  const more = { key, setSession: (token: string | null) => void cookies.push(token) }
  await visitor(more).session.create({ email, password })
  expect(await reasonOf(visitor(more).session.create({ email, password }))).toBe('operation.repeated')
  expect(cookies).toHaveLength(1)
})

test('a sign-in without a key is refused', async () => {
  expect(await reasonOf(visitor({ key: null }).session.create({ email, password }))).toBe('operation.key_missing')
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
