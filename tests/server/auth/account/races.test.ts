/** Two who do something to one account at the same time, over two processes. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Transaction } from '../../../../db/database.ts'
import { noSchool } from '../../../../db/database.ts'
import { newId } from '../../../../db/kit.ts'
import { open } from '../../../../db/open.ts'
import { memberships, rateLimits, users } from '../../../../db/schema/index.ts'
import { lockAccount } from '../../../../server/auth/account.ts'
import { findPerson, startSession } from '../../../../server/auth/sessions.ts'
import type { Person, RequestContext } from '../../../../server/trpc.ts'
import { changeAccount, joinAlso, makeAccount, password, visitor } from '../../../setup/accounts.ts'
import { reasonOf, seen } from '../../../setup/answers.ts'
import { as, db, makeSchool, now } from '../../../setup/people.ts'

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

/** What is `queued` comes after `work`, whose locks it finds taken. */
async function behind<T>(schools: number, work: (tx: Transaction) => Promise<unknown>, queued: () => Promise<T>) {
  let [holds, goOn] = [() => {}, () => {}]
  const held = new Promise<void>((resolve) => {
    holds = resolve
  })
  const begun = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const first = db.transaction(schools, async (tx) => {
    await work(tx)
    holds()
    await begun
  })
  await held
  const after = queued()
  goOn()
  await first
  return after
}

test('what a demoted, removed or disabled administrator had queued is not done any more', async () => {
  const changes = {
    demoted: { role: 'viewer' as const },
    removed: { archivedAt: now },
    disabled: {},
  }
  for (const [how, change] of Object.entries(changes)) {
    const leaving = await makeAccount(north, 'administrator')
    const newcomer = someone()
    const ends = async (tx: Transaction) => {
      await tx
        .update(memberships)
        .set({ version: 2, ...change })
        .where(eq(memberships.userId, leaving.userId))
      if (how === 'disabled') await tx.update(users).set({ disabledAt: now }).where(eq(users.id, leaving.userId))
    }
    const invite = () => reasonOf(as(leaving, { db: second }).members.invite({ ...newcomer, role: 'administrator' }))
    expect(await behind(north.id, ends, invite), how).toBe('permission.changed')
    expect(await userOf(newcomer.email), how).toBe(undefined)
  }
})

test('a demoted administrator’s repeated invitation is refused as well', async () => {
  const leaving = await makeAccount(north, 'administrator')
  const key = newId()
  const room = { name: `Room ${key}` }
  await as(leaving, { key }).rooms.create(room)
  const demote = (tx: Transaction) =>
    tx.update(memberships).set({ version: 2, role: 'viewer' }).where(eq(memberships.userId, leaving.userId))
  const repeat = () => reasonOf(as(leaving, { key, db: second }).rooms.create(room))
  expect(await behind(north.id, demote, repeat)).toBe('permission.changed')
})

test('a reset that waited while the person joined another school is refused', async () => {
  const person = await makeAccount(north, 'viewer')
  await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'administrator' })
  const member = await memberOf(person, bossOfNorth)
  const join = async (tx: Transaction) => {
    await lockAccount(tx, eq(users.id, person.userId))
    const waiting = and(eq(memberships.schoolId, south.id), eq(memberships.userId, person.userId))
    await tx.update(memberships).set({ invitedName: null }).where(waiting)
  }
  const reset = () => reasonOf(as(bossOfNorth, { db: second }).members.resetPassword(seen(member)))
  expect(await behind(south.id, join, reset)).toBe('member.rights_elsewhere')
})

test('of a reset and a joining at once, over two processes, no link is left that opens both schools', async () => {
  for (let round = 0; round < 10; round++) {
    const person = await makeAccount(north, 'viewer')
    await changeAccount(person.userId, { passwordChosenAt: now })
    const { link } = await as(bossOfSouth).members.invite({ ...someone(), email: person.email, role: 'administrator' })
    const member = await memberOf(person, bossOfNorth)
    const [reset, joining] = await Promise.allSettled([
      as(bossOfNorth, { db: second }).members.resetPassword(seen(member)),
      accept({ token: link.token, presentPassword: password, ...(round % 2 && { password: another }) }),
    ])
    const taken =
      reset.status === 'fulfilled' ? await reasonOf(accept({ token: reset.value.link.token, password })) : ''
    if (joining.status === 'fulfilled') expect(['', 'link.expired']).toContain(taken)
    else expect(joining.reason.cause.reason).toBe('password.choose')
    const found = await schoolsOf(await signedIn(person.userId))
    if (taken === 'done') expect(found).toEqual(['northgate viewer'])
  }
})

test('of a reset and a restoring at once, over two processes, no link opens the school that lets the person in again', async () => {
  for (let round = 0; round < 10; round++) {
    const person = await makeAccount(south, 'administrator')
    await joinAlso(person, bossOfNorth, 'viewer')
    const removed = await as(bossOfSouth).members.remove(seen(await memberOf(person, bossOfSouth)))
    const member = await memberOf(person, bossOfNorth)
    const [reset] = await Promise.all([
      as(bossOfNorth, { db: second }).members.resetPassword(seen(member)),
      as(bossOfSouth).members.restore(seen(removed)),
    ])
    expect(await schoolsOf(await accept({ token: reset.link.token, password: another }))).toEqual(['northgate viewer'])
  }
})

test('of two schools that invite a new person at once, over two processes, neither link opens the other school', async () => {
  for (let round = 0; round < 10; round++) {
    const person = someone()
    const [ofNorth, ofSouth] = await Promise.all([
      as(bossOfNorth, { db: second }).members.invite({ ...person, role: 'viewer' }),
      as(bossOfSouth).members.invite({ ...person, role: 'administrator' }),
    ])
    const both = await Promise.allSettled([
      accept({ token: ofNorth.link.token, password }, { db: second }),
      accept({ token: ofSouth.link.token, password: another }),
    ])
    const joined = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(joined).toHaveLength(1)
    expect(await schoolsOf(joined[0] ?? '')).toHaveLength(1)
  }
})
