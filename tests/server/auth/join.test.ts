/** What an administrator of one school gets to know and to do about accounts that belong to other schools. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { memberships, oneTimeTokens, rateLimits, users } from '../../../db/schema/index.ts'
import { resetPassword } from '../../../server/auth/reset-password.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { createSchool } from '../../../server/schools/create.ts'
import type { Person, RequestContext } from '../../../server/trpc.ts'
import { changeAccount, joinAlso, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf, seen } from '../../setup/answers.ts'
import { as, db, makeSchool, now, writeInSchool } from '../../setup/people.ts'

const [north, south] = [await makeSchool('Northgate'), await makeSchool('Southgate')]
const [bossOfNorth, bossOfSouth] = [
  await makeAccount(north, 'administrator'),
  await makeAccount(south, 'administrator'),
]
const second = await open()
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(async () => {
  await second.close()
  await db.close()
})

let invited = 0
const someone = () => ({ name: 'Head of South', email: `head${++invited}@school.example` })
const another = 'nine tall red chimneys'

type Accept = Parameters<ReturnType<typeof visitor>['invitation']['accept']>[0]
/** The cookie of whoever uses the link. */
async function accept(given: Accept, more: Partial<RequestContext> = {}): Promise<string> {
  const cookies: (string | null)[] = []
  await visitor({ setSession: (token) => void cookies.push(token), ...more }).invitation.accept(given)
  return cookies[0] ?? ''
}
const schoolsOf = async (cookie: string) =>
  (await findPerson(db, cookie, now))?.memberships.map((one) => `${one.school.slug} ${one.role}`)
const signedIn = (userId: string) => db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, now))
const memberOf = async ({ email }: { email: string }, by: Person, archived = false) => {
  const found = (await as(by).members.list({ archived })).find((one) => one.email === email)
  if (!found) throw new Error('not a member')
  return found
}
const userOf = async (email: string) => (await db.select().from(users).where(eq(users.email, email)))[0]

test('an administrator elsewhere who took the first link of a person never gets what another school gives her', async () => {
  const victim = someone()
  const first = await as(bossOfNorth).members.invite({ ...victim, role: 'viewer' })
  const thief = await accept({ token: first.link.token, password })
  const { link } = await as(bossOfSouth).members.invite({ ...victim, role: 'administrator' })
  expect(await schoolsOf(thief)).toEqual(['northgate viewer'])
  expect(await memberOf(victim, bossOfSouth)).toMatchObject({ state: 'invited', invitedUntil: expect.any(String) })
  await visitor().session.create({ email: victim.email, password })
  const { id = '' } = (await userOf(victim.email)) ?? {}
  expect(await schoolsOf(await signedIn(id))).toEqual(['northgate viewer'])
  expect(await reasonOf(accept({ token: link.token, presentPassword: password }))).toBe('password.choose')
  const joined = await accept({ token: link.token, presentPassword: password, password: another })
  expect(await schoolsOf(joined)).toEqual(['northgate viewer', 'southgate administrator'])
  expect(await findPerson(db, thief, now)).toBe(null)
})

test('a reset before the other school lets the person in gives nobody that school', async () => {
  const person = await makeAccount(north, 'viewer')
  const { link } = await as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  const thief = await accept({ token: link.token, password: another })
  await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'administrator' })
  expect(await schoolsOf(thief)).toEqual(['northgate viewer'])
})

test('a reset while the membership waits gives nobody that school, and ends once the person has joined', async () => {
  const person = await makeAccount(north, 'viewer')
  await changeAccount(person.userId, { passwordChosenAt: now })
  const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'registrar' })
  const reset = await as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  expect(await reasonOf(accept({ token: link.token, presentPassword: password }))).toBe('password.choose')
  await accept({ token: link.token, presentPassword: password, password: another })
  expect(await reasonOf(accept({ token: reset.link.token, password }))).toBe('link.expired')
  const again = as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  expect(await reasonOf(again)).toBe('member.rights_elsewhere')
})

test('the inviting school’s link does not open the account without its password, however often it is guessed', async () => {
  const person = await makeAccount(north, 'administrator')
  const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'viewer' })
  const { token } = link
  expect(await reasonOf(accept({ token, password: another }))).toBe('link.has_account')
  const tries = []
  for (let n = 0; n < 12; n++)
    tries.push(await reasonOf(accept({ token, presentPassword: `guess number ${n}`, password: another })))
  expect(tries.filter((reason) => reason === 'password.wrong')).toHaveLength(10)
  expect(tries.at(-1)).toBe('session.too_many_attempts')
  expect(await schoolsOf(await signedIn(person.userId))).toEqual(['northgate administrator'])
})

test('whoever chose her password herself confirms with it, and all her other sessions end', async () => {
  const person = await makeAccount(north, 'viewer')
  const old = await signedIn(person.userId)
  await as({ ...person, sessionId: newId() }).session.changePassword({ oldPassword: password, newPassword: another })
  const desk = await signedIn(person.userId)
  expect(await findPerson(db, old, now)).toBe(null)
  const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'registrar' })
  expect(await schoolsOf(desk)).toEqual(['northgate viewer'])
  const joined = await accept({ token: link.token, presentPassword: another })
  expect(await schoolsOf(joined)).toEqual(['northgate viewer', 'southgate registrar'])
  expect(await findPerson(db, desk, now)).toBe(null)
})

test('the same password again is no new one: not when joining, and not on the account’s page', async () => {
  const person = await makeAccount(north, 'viewer')
  const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'viewer' })
  const same = { token: link.token, presentPassword: password, password }
  expect(await reasonOf(accept(same))).toBe('password.same')
  const change = as(person).session.changePassword({ oldPassword: password, newPassword: password })
  expect(await reasonOf(change)).toBe('password.same')
})

test.each(['restore', 'invite'] as const)(
  'whoever comes back by %s joins anew when another school could have set the password meanwhile',
  async (way) => {
    const person = await makeAccount(south, 'administrator')
    const removed = await as(bossOfSouth).members.remove(seen(await memberOf(person, bossOfSouth)))
    await as(bossOfNorth).members.invite({ ...someone(), email: person.email, role: 'viewer' })
    await db.transaction(noSchool, async (tx) => {
      await tx
        .update(memberships)
        .set({ invitedName: null })
        .where(and(eq(memberships.schoolId, north.id), eq(memberships.userId, person.userId)))
    })
    const member = await memberOf(person, bossOfNorth)
    const { link } = await as(bossOfNorth).members.resetPassword(seen(member))
    const thief = await accept({ token: link.token, password: another })
    await as(bossOfNorth).members.remove(seen(await memberOf(person, bossOfNorth)))
    if (way === 'restore') await as(bossOfSouth).members.restore(seen(removed))
    else await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'administrator' })
    expect(await schoolsOf(thief)).toEqual([])
    const waiting = await memberOf(person, bossOfSouth)
    expect(waiting.state).toBe('invited')
    const again = await as(bossOfSouth).members.resetPassword(seen(waiting))
    expect(again.link.purpose).toBe('invitation')
    const joined = await accept({ token: again.link.token, presentPassword: another, password })
    expect(await schoolsOf(joined)).toEqual(['southgate administrator'])
  },
)

test('owners are in new schools at once, and a password from the command line needs nobody to join', async () => {
  const owner = await makeAccount(north, 'administrator')
  await changeAccount(owner.userId, { isOwner: true })
  const made = await db.transaction(0, (tx) =>
    createSchool(tx, { name: 'Eastgate', timeZone: 'Europe/London', locale: 'en-GB' }),
  )
  await writeInSchool(made.school.id, async () => made.changes)
  await resetPassword(db, owner.email, another, now)
  expect(await schoolsOf(await signedIn(owner.userId))).toEqual(['eastgate administrator', 'northgate administrator'])
  await changeAccount(owner.userId, { isOwner: false })
})

test('an administrator ends the sessions and sees the activity only of people whose every right is theirs to give', async () => {
  const own = await makeAccount(south, 'viewer')
  await signedIn(own.userId)
  expect(await memberOf(own, bossOfSouth)).toMatchObject({ seesActivity: true, openSessions: 1 })
  const shared = await makeAccount(north, 'viewer')
  await joinAlso(shared, bossOfSouth, 'viewer')
  const member = await memberOf(shared, bossOfSouth)
  expect(member).toMatchObject({ seesActivity: false, openSessions: 0, lastSeenAt: null, mayGetLink: false })
  expect(await reasonOf(as(bossOfSouth).members.endSessions(seen(member)))).toBe('member.rights_elsewhere')
  const owner = await makeAccount(south, 'administrator')
  await changeAccount(owner.userId, { isOwner: true })
  const ofOwner = await memberOf(owner, bossOfSouth)
  expect(ofOwner.seesActivity).toBe(false)
  expect(await reasonOf(as(bossOfSouth).members.endSessions(seen(ofOwner)))).toBe('member.rights_elsewhere')
  await changeAccount(owner.userId, { isOwner: false })
})

test('an invitation answers alike whether the address is nobody’s, a colleague’s elsewhere, open elsewhere or disabled', async () => {
  const elsewhere = await makeAccount(north, 'administrator')
  await signedIn(elsewhere.userId)
  const disabled = await makeAccount(north, 'viewer')
  await changeAccount(disabled.userId, { disabledAt: now })
  const pending = someone()
  await as(bossOfNorth).members.invite({ ...pending, role: 'viewer' })
  const told = []
  for (const { email } of [someone(), elsewhere, pending, disabled]) {
    const given = { name: 'As South writes it', email, role: 'registrar' as const }
    const { link, member } = await as(bossOfSouth).members.invite(given)
    const listed = await memberOf({ email }, bossOfSouth)
    const ended = await reasonOf(as(bossOfSouth).members.endSessions(seen(member)))
    const again = await as(bossOfSouth).members.resetPassword(seen(member))
    const removed = await as(bossOfSouth).members.remove(seen(again.member))
    const restored = await as(bossOfSouth).members.restore(seen(removed))
    const alike = (one: typeof member) => ({ ...one, id: '', email: '' })
    const hidden = { ...link, token: link.token.length }
    told.push({ hidden, members: [member, listed, again.member, removed, restored].map(alike), ended })
  }
  const [nobody, ...others] = told
  for (const other of others) expect(other).toEqual(nobody)
  expect(nobody?.members[1]).toMatchObject({ name: 'As South writes it', state: 'invited', lastSeenAt: null })
})

test('the page behind a link tells the same of an address that is nobody’s and of a colleague’s elsewhere', async () => {
  const elsewhere = await makeAccount(north, 'viewer')
  const told = []
  for (const { email } of [someone(), elsewhere]) {
    const { link } = await as(bossOfSouth).members.invite({ name: 'As South writes it', email, role: 'viewer' })
    told.push({ ...(await visitor().invitation.get({ token: link.token })), email: '' })
  }
  expect(told[1]).toEqual(told[0])
  expect(told[0]).toEqual({ purpose: 'invitation', name: 'As South writes it', email: '', schools: ['Southgate'] })
})

test('a school that takes back its invitation leaves the links of another alone', async () => {
  const person = await makeAccount(north, 'viewer')
  const { link } = await as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  const { member } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'viewer' })
  await as(bossOfSouth).members.remove(seen(member))
  expect(await reasonOf(accept({ token: link.token, password: another }))).toBe('done')
})

test('a link for a new password works only while whoever made it administers every right of the account', async () => {
  const person = await makeAccount(north, 'viewer')
  const maker = await makeAccount(north, 'administrator')
  const { link } = await as(maker).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  await as(bossOfNorth).members.update({ ...seen(await memberOf(maker, bossOfNorth)), role: 'viewer' })
  expect(await reasonOf(accept({ token: link.token, password: another }))).toBe('link.expired')
})

test('of two schools that invite a new person, the second asks for the password she chose with the first link', async () => {
  const person = someone()
  const ofNorth = await as(bossOfNorth).members.invite({ ...person, role: 'viewer' })
  const ofSouth = await as(bossOfSouth).members.invite({ ...person, role: 'viewer' })
  expect(await reasonOf(accept({ token: ofNorth.link.token, presentPassword: password, password: another }))).toBe(
    'password.wrong',
  )
  await accept({ token: ofNorth.link.token, password })
  expect(await reasonOf(accept({ token: ofSouth.link.token, password: another }))).toBe('link.has_account')
  const both = await accept({ token: ofSouth.link.token, presentPassword: password, password: another })
  expect(await schoolsOf(both)).toEqual(['northgate viewer', 'southgate viewer'])
})

test('an account that an older release invited, and that has no password yet, is nobody else’s to open', async () => {
  const person = await makeAccount(north, 'administrator')
  await changeAccount(person.userId, { passwordHash: null })
  const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'viewer' })
  expect(await reasonOf(accept({ token: link.token, password }))).toBe('member.pending')
  const { link: own } = await as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  expect(await schoolsOf(await accept({ token: own.token, password }))).toEqual(['northgate administrator'])
})

test('a link that an older release handed out still sets the first password', async () => {
  const person = await makeAccount(north, 'viewer')
  await changeAccount(person.userId, { passwordHash: null })
  const { link } = await as(bossOfNorth).members.resetPassword(seen(await memberOf(person, bossOfNorth)))
  await db.transaction(noSchool, async (tx) => {
    const older = { purpose: 'invitation' as const, schoolId: null, madeBy: null }
    await tx.update(oneTimeTokens).set(older).where(eq(oneTimeTokens.userId, person.userId))
    await tx.update(memberships).set({ invitedName: null }).where(eq(memberships.userId, person.userId))
  })
  expect(await schoolsOf(await accept({ token: link.token, password }))).toEqual(['northgate viewer'])
})
