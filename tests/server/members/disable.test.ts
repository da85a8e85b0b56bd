/** Accounts that are disabled, and owners of the register who come and go. */
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { users } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import type { Person } from '../../../server/trpc.ts'
import { changeAccount, joinAlso, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf, seen } from '../../setup/answers.ts'
import { as, db, makeSchool, now } from '../../setup/people.ts'

const [north, south] = [await makeSchool('Northgate'), await makeSchool('Southgate')]
const boss = await makeAccount(north, 'administrator')
const bossOfSouth = await makeAccount(south, 'administrator')
const second = await open()
afterAll(async () => {
  await second.close()
  await db.close()
})

const memberOf = async ({ email }: Person, by = boss) => {
  const found = (await as(by).members.list({})).find((one) => one.email === email)
  if (!found) throw new Error('not a member')
  return found
}
const accountOf = async ({ userId }: Person) => (await db.select().from(users).where(eq(users.id, userId)))[0]
async function makeOwner(school = north): Promise<Person> {
  const owner = await makeAccount(school, 'administrator')
  await changeAccount(owner.userId, { isOwner: true, passwordChosenAt: now })
  return owner
}
const noOwners = () =>
  db.transaction(
    noSchool,
    async (tx) => void (await tx.update(users).set({ isOwner: false }).where(eq(users.isOwner, true))),
  )

test('a disabled account is signed out at once in every process, signs in nowhere, and its links are worth nothing', async () => {
  const person = await makeAccount(north, 'registrar')
  const cookie = await db.transaction(noSchool, (tx) => startSession(tx, newId(), person.userId, now))
  const { link, member } = await as(boss).members.resetPassword(seen(await memberOf(person)))
  const disabled = await as(boss).members.disable(seen(member))
  expect(disabled).toMatchObject({ state: 'disabled', mayBeDisabled: true, mayGetLink: false, openSessions: 0 })
  for (const at of [db, second]) expect(await findPerson(at, cookie, now)).toBe(null)
  const signIn = () => reasonOf(visitor().session.create({ email: person.email, password }))
  expect(await signIn()).toBe('session.wrong_password')
  expect(await reasonOf(visitor().invitation.accept({ token: link.token, password }))).toBe('link.expired')
  expect(await reasonOf(as(boss).members.resetPassword(seen(disabled)))).toBe('member.disabled')
  expect(await as(boss).members.enable(seen(disabled))).toMatchObject({ state: 'active' })
  expect(await signIn()).toBe('done')
  expect(await findPerson(db, cookie, now)).toBe(null)
})

test('links that an administrator has made are worth nothing once the account is disabled, demoted or removed', async () => {
  const ends = {
    disable: async (maker: Person) => as(boss).members.disable(seen(await memberOf(maker))),
    demote: async (maker: Person) => as(boss).members.update({ ...seen(await memberOf(maker)), role: 'viewer' }),
    remove: async (maker: Person) => as(boss).members.remove(seen(await memberOf(maker))),
  }
  for (const [way, end] of Object.entries(ends)) {
    const [maker, colleague] = [await makeAccount(north, 'administrator'), await makeAccount(north, 'registrar')]
    const person = { name: 'Second Self', email: `${way}@school.example`, role: 'administrator' as const }
    const { link, member } = await as(maker).members.invite(person)
    const reset = await as(maker).members.resetPassword(seen(await memberOf(colleague)))
    await end(maker)
    for (const { token } of [link, reset.link])
      expect(await reasonOf(visitor().invitation.accept({ token, password }))).toBe('link.expired')
    const { link: anew } = await as(boss).members.resetPassword(seen(member))
    expect(await reasonOf(visitor().invitation.accept({ token: anew.token, password }))).toBe('done')
  }
})

test('nobody disables an account with rights elsewhere, an owner’s, one that waits to join, or their own', async () => {
  const disable = async (person: Person) => reasonOf(as(boss).members.disable(seen(await memberOf(person))))
  const shared = await makeAccount(north, 'viewer')
  await joinAlso(shared, bossOfSouth, 'viewer')
  expect(await disable(shared)).toBe('member.rights_elsewhere')
  expect(await disable(await makeOwner())).toBe('member.rights_elsewhere')
  await noOwners()
  const stranger = await makeAccount(south, 'viewer')
  await as(boss).members.invite({ name: 'x', email: stranger.email, role: 'viewer' })
  expect(await disable(stranger)).toBe('member.rights_elsewhere')
  expect(await disable(boss)).toBe('member.yourself')
})

test('of two administrators who disable each other at once, over two processes, one remains', async () => {
  for (let round = 0; round < 5; round++) {
    const [one, other] = [await makeAccount(north, 'administrator'), await makeAccount(north, 'administrator')]
    await joinAlso(one, bossOfSouth, 'administrator')
    await joinAlso(other, bossOfSouth, 'administrator')
    const inSouth = { ...other, memberships: [{ school: south, role: 'administrator' as const, instructorId: null }] }
    const [ofOther, ofOne] = [await memberOf(other), await memberOf(one, bossOfSouth)]
    const reasons = await Promise.all([
      reasonOf(as(one).members.disable(seen(ofOther))),
      reasonOf(as(inSouth, { db: second }).members.disable(seen(ofOne))),
    ])
    expect(reasons.toSorted()).toEqual(['done', 'permission.changed'])
  }
})

test('an owner makes another one, who then gives up; the last one stays', async () => {
  const owner = await makeOwner()
  const next = await makeAccount(north, 'administrator')
  const give = async (by = owner) => reasonOf(as(by).members.giveOwnership(seen(await memberOf(next))))
  expect(await give()).toBe('owner.password')
  await changeAccount(next.userId, { passwordChosenAt: now })
  expect(await give(boss)).toBe('permission.missing')
  expect(await give()).toBe('done')
  expect(await memberOf(next, owner)).toMatchObject({ isOwner: true, mayBeOwner: false, mayGiveUpOwnership: false })
  const giveUp = async (of: Person, by: Person) =>
    reasonOf(as(by).members.giveUpOwnership(seen(await memberOf(of, by))))
  expect(await giveUp(next, owner)).toBe('permission.missing')
  expect(await giveUp(owner, owner)).toBe('done')
  expect(await giveUp(next, next)).toBe('owner.last')
  expect((await accountOf(owner))?.isOwner).toBe(false)
  await noOwners()
})

test('a link that was made for somebody before they became an owner gives nobody the register', async () => {
  const owner = await makeOwner()
  const next = await makeAccount(north, 'administrator')
  const { link } = await as(boss).members.resetPassword(seen(await memberOf(next)))
  await changeAccount(next.userId, { passwordChosenAt: now })
  await as(owner).members.giveOwnership(seen(await memberOf(next)))
  expect(await reasonOf(visitor().invitation.accept({ token: link.token, password }))).toBe('link.expired')
  await noOwners()
})

test('of two owners who give up, or disable each other, at once, over two processes, one remains', async () => {
  for (const verb of ['giveUpOwnership', 'disable'] as const) {
    const pair = [await makeOwner(), await makeOwner()] as const
    const about = verb === 'disable' ? [pair[1], pair[0]] : pair
    const rows = [await memberOf(about[0] as Person), await memberOf(about[1] as Person)]
    await Promise.all(
      pair.map((by, n) =>
        reasonOf(as(by, { db: n ? db : second }).members[verb](seen(rows[n] ?? { id: '', version: 0 }))),
      ),
    ).then((reasons) =>
      expect(
        reasons.filter((reason) => reason === 'done'),
        verb,
      ).toHaveLength(1),
    )
    const left = await Promise.all(pair.map(accountOf))
    expect(left.filter((one) => one?.isOwner && !one.disabledAt)).toHaveLength(1)
    await noOwners()
  }
})

test('history tells who made whom an owner, who gave up, whose account was disabled, and who made links and ended sessions', async () => {
  const owner = await makeOwner()
  const next = await makeAccount(north, 'administrator')
  await changeAccount(next.userId, { passwordChosenAt: now })
  const told = async () => {
    const { rows } = await as(boss).journal.list({ entity: 'membership' })
    const [{ by, deed, entries } = { by: null, deed: null, entries: [] }] = rows
    return { by, deed, of: entries[0]?.record?.name, fields: entries[0]?.fields }
  }
  await as(owner).members.giveOwnership(seen(await memberOf(next)))
  const isOwner = { name: 'isOwner', before: false, after: true }
  expect(await told()).toEqual({ by: owner.name, deed: 'change', of: next.name, fields: [isOwner] })
  await as(owner).members.giveUpOwnership(seen(await memberOf(owner, owner)))
  const isNone = { name: 'isOwner', before: true, after: false }
  expect(await told()).toEqual({ by: owner.name, deed: 'change', of: owner.name, fields: [isNone] })
  await as(next).members.disable(seen(await memberOf(owner, next)))
  expect((await told()).fields).toEqual([{ name: 'isDisabled', before: false, after: true }])
  await as(next).members.enable(seen(await memberOf(owner, next)))
  expect((await told()).fields).toEqual([{ name: 'isDisabled', before: true, after: false }])
  await as(next).members.resetPassword(seen(await memberOf(owner, next)))
  expect((await told()).fields).toEqual([{ name: 'link', before: null, after: 'passwordReset' }])
  await as(next).members.endSessions(seen(await memberOf(owner, next)))
  expect((await told()).fields).toEqual([{ name: 'sessions', before: null, after: 'ended' }])
  expect((await verifyJournals(db)).map(({ broken }) => broken).filter(Boolean)).toEqual([])
  await noOwners()
})
