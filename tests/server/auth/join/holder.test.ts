/** What a link tells whoever made it, or found it, and is not the person whom it is for. */
import { verify } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { noSchool } from '../../../../db/database.ts'
import { newId } from '../../../../db/kit.ts'
import { rateLimits, users } from '../../../../db/schema/index.ts'
import { hashPassword } from '../../../../server/auth/passwords.ts'
import { findPerson } from '../../../../server/auth/sessions.ts'
import { changeAccount, makeAccount, password, visitor } from '../../../setup/accounts.ts'
import { reasonOf, seen } from '../../../setup/answers.ts'
import { as, db, makeSchool, now } from '../../../setup/people.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return { ...real, verify: vi.fn(real.verify) }
})

const [north, south] = [await makeSchool('Northgate'), await makeSchool('Southgate')]
const [bossOfNorth, boss] = [await makeAccount(north, 'administrator'), await makeAccount(south, 'administrator')]
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(() => db.close())

const someone = () => ({ name: 'Head of South', email: `${newId()}@school.example` })
const another = 'nine tall red chimneys'
type Accept = Parameters<ReturnType<typeof visitor>['invitation']['accept']>[0]
const chosenAt = async (userId: string) =>
  (await db.select().from(users).where(eq(users.id, userId)))[0]?.passwordChosenAt
const accept = (given: Accept) => visitor().invitation.accept(given)
const ofSouth = async (email: string) => {
  const { link } = await as(boss).members.invite({ name: 'As South writes it', email, role: 'viewer' })
  return link.token
}
async function addresses() {
  const [elsewhere, disabled] = [await makeAccount(north, 'viewer'), await makeAccount(north, 'viewer')]
  await changeAccount(disabled.userId, { disabledAt: now })
  const pending = someone()
  await as(bossOfNorth).members.invite({ ...pending, role: 'viewer' })
  return { nobody: someone().email, pending: pending.email, elsewhere: elsewhere.email, disabled: disabled.email }
}

test('whoever holds a link and is not its person is told the same of every address by whatever leaves the link unused', async () => {
  const unused: Omit<Accept, 'token'>[] = [
    {},
    { presentPassword: 'a guess of the holder' },
    { presentPassword: 'a guess of the holder', password: another },
    { presentPassword: another, password: another },
    { password: 'Southgate2026!' },
    { password: 'As South writes it' },
  ]
  const told = []
  for (const email of Object.values(await addresses())) {
    const token = await ofSouth(email)
    const reasons = []
    for (const given of unused) reasons.push(await reasonOf(accept({ token, ...given })))
    told.push({ reasons, page: { ...(await visitor().invitation.get({ token })), email: '' } })
  }
  const [first, ...others] = told
  for (const other of others) expect(other).toEqual(first)
  expect(first?.reasons).toEqual([
    'password.choose',
    'password.wrong',
    'password.wrong',
    'password.same',
    'password.common',
    'password.common',
  ])
})

test('such a holder learns by using it whether there is a password already, and no name or school of the account', async () => {
  const { nobody, pending, elsewhere, disabled } = await addresses()
  const use = async (email: string, password: string) => reasonOf(accept({ token: await ofSouth(email), password }))
  for (const email of [elsewhere, disabled]) expect(await use(email, 'Northgate zqkv 2026')).toBe('link.has_account')
  for (const email of [nobody, pending]) expect(await use(email, 'Northgate zqkv 2026')).toBe('done')
})

test('such a holder waits as long for a refusal, whether the address is a colleague’s elsewhere or nobody’s', async () => {
  const colleague = await makeAccount(north, 'viewer')
  await changeAccount(colleague.userId, { passwordHash: await hashPassword(password) })
  /** The cost of each password that was checked: what takes the time of a refusal. */
  const costs = async (token: string) => {
    vi.mocked(verify).mockClear()
    await reasonOf(accept({ token, presentPassword: 'a guess of the holder', password: another }))
    return vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(1, 4))
  }
  const ofNobody = await costs(await ofSouth(someone().email))
  expect(ofNobody).toHaveLength(1)
  expect(await costs(await ofSouth(colleague.email))).toEqual(ofNobody)
})

test('of a disabled account, not even its password opens the school', async () => {
  const { disabled } = await addresses()
  const token = await ofSouth(disabled)
  for (const more of [{}, { password: another }])
    expect(await reasonOf(accept({ token, presentPassword: password, ...more }))).toBe('password.wrong')
})

test('whoever knows the password too, and takes another, is let into no other school by it, and it ends with the next link', async () => {
  const person = await makeAccount(north, 'viewer')
  const cookies: (string | null)[] = []
  const keep = { setSession: (token: string | null) => void cookies.push(token) }
  const thief = { ...person, sessionId: newId() }
  await as(thief, keep).session.changePassword({ oldPassword: password, newPassword: another })
  expect(await chosenAt(person.userId)).toEqual(now)
  const { link } = await as(boss).members.invite({ name: person.name, email: person.email, role: 'administrator' })
  const { token } = link
  const schools = async () =>
    (await findPerson(db, cookies[0] ?? '', now))?.memberships.map(({ school }) => school.slug)
  expect(await schools()).toEqual([north.slug])
  expect(await reasonOf(accept({ token, presentPassword: password }))).toBe('password.wrong')
  const [member] = (await as(bossOfNorth).members.list({})).filter(({ email }) => email === person.email)
  const reset = await as(bossOfNorth).members.resetPassword(seen(member ?? { id: '', version: 0 }))
  expect(await chosenAt(person.userId)).toBe(null)
  const own = 'six loud orange boats'
  await accept({ token: reset.link.token, password: own })
  expect(await schools()).toBe(undefined)
  expect(await reasonOf(accept({ token, presentPassword: own }))).toBe('password.choose')
  expect(await reasonOf(accept({ token, presentPassword: own, password }))).toBe('done')
})
