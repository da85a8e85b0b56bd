import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { journal, memberships, oneTimeTokens, rateLimits } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import type { School } from '../../../server/context.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import type { Person, RequestContext } from '../../../server/trpc.ts'
import { changeAccount, joinAlso, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { patiently } from '../../setup/patiently.ts'
import { as, db, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

let school: School
let other: School
let boss: Person
let elsewhere: Person

beforeAll(async () => {
  school = await makeSchool('Northgate')
  other = await makeSchool('Southgate')
  boss = await makeAccount(school, 'administrator')
  elsewhere = await makeAccount(other, 'administrator')
})
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(() => db.close())

let lastInvited = 0
const someone = () => ({ name: 'Pat Reed', email: `pat${++lastInvited}@school.example` })
const accept = (token: string, more: Partial<RequestContext> = {}) =>
  visitor(more).invitation.accept({ token, password })
const memberOf = async (person: Person, by = boss) => {
  const found = (await as(by).members.list({})).find(({ email }) => email === person.email)
  if (!found) throw new Error('not a member')
  return found
}
/** The person as the next request finds them. */
async function signedIn(userId: string): Promise<Person> {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, now))
  const person = await findPerson(db, token, now)
  if (!person) throw new Error('nobody')
  return person
}

test('an invited instructor is listed as invited, joins by the link, is signed in and sees what the role sees', async () => {
  const { instructorId } = await makeRecords(school, 'Invited')
  const given = someone()
  const { link, member } = await as(boss).members.invite({ ...given, role: 'instructor', instructorId })
  expect(member).toMatchObject({ ...given, role: 'instructor', instructorName: 'Ines Invited', state: 'invited' })
  expect(member.invitedUntil).toBe('2026-11-27T09:00:00.000Z')
  const token = link.token
  expect(await visitor().invitation.get({ token })).toEqual({
    ...given,
    purpose: 'invitation',
    schools: ['Northgate'],
  })
  const cookies: (string | null)[] = []
  await accept(token, { setSession: (cookie) => void cookies.push(cookie) })
  const joined = await findPerson(db, cookies[0] ?? '', now)
  expect(joined).toMatchObject({ email: given.email, memberships: [{ role: 'instructor', instructorId }] })
  const classes = await as(joined as Person).classes.list({})
  expect(classes.rows.map(({ title }) => title)).toEqual(['Invited'])
  expect(await as(boss).members.get({ id: member.id })).toMatchObject({
    state: 'active',
    openSessions: 1,
    lastSeenAt: now.toISOString(),
    invitedUntil: null,
  })
})

test('a link works once: of ten who use it at once, over two processes, one gets in', async () => {
  const { link } = await as(boss).members.invite({ ...someone(), role: 'viewer' })
  const second = await open()
  const tries = Array.from({ length: 10 }, (_, n) => reasonOf(accept(link.token, { db: n % 2 ? db : second })))
  const reasons = await Promise.all(tries)
  expect(reasons.filter((reason) => reason === 'done')).toHaveLength(1)
  expect(reasons.filter((reason) => reason === 'link.expired')).toHaveLength(9)
  await second.close()
})

test('of a link only the hash is kept, it holds for a week, and a new one takes its place', async () => {
  const { link, member } = await as(boss).members.invite({ ...someone(), role: 'viewer' })
  const token = link.token
  expect(JSON.stringify(await db.select().from(oneTimeTokens))).not.toContain(token)
  const at = (ms: number) => visitor({ now: new Date(now.getTime() + ms) }).invitation.get({ token })
  const week = 7 * 86_400_000
  expect(await reasonOf(at(week - 1))).toBe('done')
  expect(await reasonOf(at(week))).toBe('link.expired')
  const again = await as(boss).members.resetPassword({ id: member.id, version: member.version })
  expect(again.link.purpose).toBe('invitation')
  expect(await reasonOf(accept(token))).toBe('link.expired')
  expect(await reasonOf(accept(again.link.token))).toBe('done')
})

test('a password that is guessed first is refused, and the link still holds', async () => {
  const { link } = await as(boss).members.invite({ ...someone(), role: 'viewer' })
  const token = link.token
  expect(await reasonOf(visitor().invitation.accept({ token, password: 'northgate2026' }))).toBe('password.common')
  expect(await reasonOf(accept(token))).toBe('done')
})

test('guessing links is stopped after fifty tries from one network', async () => {
  const guess = (address: string) =>
    reasonOf(patiently(() => visitor({ address }).invitation.get({ token: 'a-link-that-nobody-made' })))
  const reasons = await Promise.all(Array.from({ length: 60 }, () => guess('198.51.100.7')))
  expect(reasons.filter((reason) => reason === 'link.expired')).toHaveLength(50)
  expect(reasons.filter((reason) => reason === 'session.too_many_attempts')).toHaveLength(10)
  expect(await guess('198.51.100.8')).toBe('link.expired')
  expect(await reasonOf(accept('a-link-that-nobody-made', { address: '198.51.100.7' }))).toBe(
    'session.too_many_attempts',
  )
})

test('a repeated invitation, or a repeated reset, shows no second link', async () => {
  const key = newId()
  const given = { ...someone(), role: 'viewer' as const }
  const { member, link } = await as(boss, { key }).members.invite(given)
  expect(await reasonOf(as(boss, { key }).members.invite(given))).toBe('operation.repeated')
  const reset = { id: member.id, version: member.version }
  const second = newId()
  await as(boss, { key: second }).members.resetPassword(reset)
  expect(await reasonOf(as(boss, { key: second }).members.resetPassword(reset))).toBe('operation.repeated')
  expect(await reasonOf(accept(link.token))).toBe('link.expired')
})

test('who belongs to the school is not invited twice, in whichever case the address is written', async () => {
  const { email } = await makeAccount(school, 'viewer')
  const again = as(boss).members.invite({ ...someone(), email: email.toUpperCase(), role: 'viewer' })
  expect(await reasonOf(again)).toBe('member.already')
})

test('an instructor’s record belongs to one account at most', async () => {
  const { instructorId } = await makeRecords(school, 'Taken')
  const first = await as(boss).members.invite({ ...someone(), role: 'instructor', instructorId })
  const second = await as(boss).members.invite({ ...someone(), role: 'instructor' })
  expect(await reasonOf(as(boss).members.invite({ ...someone(), role: 'instructor', instructorId }))).toBe(
    'member.instructor_taken',
  )
  const link = (version: number) => as(boss).members.update({ id: second.member.id, version, instructorId })
  expect(await reasonOf(link(1))).toBe('member.instructor_taken')
  const removed = await as(boss).members.remove({ id: first.member.id, version: first.member.version })
  await link(1)
  expect(await reasonOf(as(boss).members.restore({ id: removed.id, version: removed.version }))).toBe(
    'member.instructor_taken',
  )
})

test('a removed member finds the school gone at the next request, is listed as removed, and can be let in again', async () => {
  const person = await makeAccount(school, 'viewer')
  const { id, version } = await memberOf(person)
  const removed = await as(boss).members.remove({ id, version })
  expect((await signedIn(person.userId)).memberships).toEqual([])
  expect((await as(boss).members.list({ archived: true })).map((one) => one.id)).toContain(id)
  await as(boss).members.restore({ id, version: removed.version })
  expect((await signedIn(person.userId)).memberships).toMatchObject([{ role: 'viewer' }])
})

test('an invitation for somebody who was removed meanwhile no longer works; inviting them again does', async () => {
  const given = someone()
  const { link, member } = await as(boss).members.invite({ ...given, role: 'viewer' })
  await as(boss).members.remove({ id: member.id, version: member.version })
  expect(await reasonOf(accept(link.token))).toBe('link.expired')
  const again = await as(boss).members.invite({ ...given, role: 'registrar' })
  expect(again.member).toMatchObject({ id: member.id, role: 'registrar', archivedAt: null })
  expect(await reasonOf(accept(again.link.token))).toBe('done')
})

test('the last administrator who can sign in is neither removed nor demoted', async () => {
  const own = await makeSchool('Lone')
  const head = await makeAccount(own, 'administrator')
  const { id, version } = await memberOf(head, head)
  await as(head).members.invite({ ...someone(), role: 'administrator' })
  expect(await reasonOf(as(head).members.update({ id, version, role: 'viewer' }))).toBe('member.last_administrator')
  expect(await reasonOf(as(head).members.remove({ id, version }))).toBe('member.last_administrator')
  await makeAccount(own, 'administrator')
  expect(await reasonOf(as(head).members.update({ id, version, role: 'viewer' }))).toBe('done')
})

test.each(['update', 'remove'] as const)(
  'of two administrators who %s each other at once, one remains',
  async (verb) => {
    const own = await makeSchool(`Duel ${verb}`)
    const second = await open()
    for (let round = 0; round < 5; round++) {
      const pair = [await makeAccount(own, 'administrator'), await makeAccount(own, 'administrator')] as const
      const rows = await Promise.all(pair.map((one) => memberOf(one, pair[0])))
      await Promise.all(
        rows.map(({ id, version }, n) => {
          const { members } = as(pair[n ? 0 : 1], { db: n ? db : second })
          return reasonOf(
            verb === 'remove' ? members.remove({ id, version }) : members.update({ id, version, role: 'viewer' }),
          )
        }),
      ).then((reasons) => expect(reasons.toSorted()).toEqual(['done', 'permission.changed']))
      const left = await db
        .select()
        .from(memberships)
        .where(
          inArray(
            memberships.id,
            rows.map(({ id }) => id),
          ),
        )
      expect(left.filter(({ role, archivedAt }) => role === 'administrator' && !archivedAt)).toHaveLength(1)
      await db.transaction(own.id, async (tx) => {
        await tx.delete(memberships).where(eq(memberships.schoolId, own.id))
      })
    }
    await second.close()
  },
)

test('a reset link is for those whose every right the administrator has', async () => {
  const reset = async (person: Person, by = boss) => {
    const { id, version, mayGetLink } = await memberOf(person, by)
    const reason = await reasonOf(as(by).members.resetPassword({ id, version }))
    expect(mayGetLink).toBe(reason === 'done')
    return reason
  }
  const plain = await makeAccount(school, 'registrar')
  expect(await reset(plain)).toBe('done')
  const colleague = await makeAccount(school, 'administrator')
  expect(await reset(colleague)).toBe('done')
  const owner = await makeAccount(school, 'administrator')
  await changeAccount(owner.userId, { isOwner: true })
  expect(await reset(owner)).toBe('member.rights_elsewhere')
  for (const role of ['administrator', 'viewer'] as const) {
    const shared = await makeAccount(school, 'viewer')
    await joinAlso(shared, elsewhere, role)
    expect(await reset(shared), role).toBe('member.rights_elsewhere')
    const both = await makeAccount(school, 'administrator')
    const { id } = await joinAlso(both, elsewhere, 'administrator')
    expect(await reset(shared, both)).toBe('done')
    const { version } = await as(elsewhere).members.get({ id })
    await as(elsewhere).members.update({ id, version, role: 'registrar' })
    expect(await reset(shared, both)).toBe('member.rights_elsewhere')
  }
  const gone = await makeAccount(school, 'viewer')
  await changeAccount(gone.userId, { disabledAt: now })
  expect(await reset(gone)).toBe('member.disabled')
})

test('a reset ends every session once the link is used, and not before', async () => {
  const person = await makeAccount(school, 'viewer')
  const cookie = await db.transaction(noSchool, (tx) => startSession(tx, newId(), person.userId, now))
  const { id, version } = await memberOf(person)
  const { link } = await as(boss).members.resetPassword({ id, version })
  expect(link).toMatchObject({ purpose: 'passwordReset', expiresAt: '2026-11-21T09:00:00.000Z' })
  expect(await findPerson(db, cookie, now)).not.toBe(null)
  await accept(link.token)
  expect(await findPerson(db, cookie, now)).toBe(null)
})

test('the journal tells who was invited, changed, given a link, signed out and removed', async () => {
  const { member } = await as(boss).members.invite({ ...someone(), role: 'viewer' })
  const { id } = member
  await as(boss).members.update({ id, version: 1, role: 'registrar' })
  const { link } = await as(boss).members.resetPassword({ id, version: 2 })
  await accept(link.token)
  await as(boss).members.endSessions({ id, version: 4 })
  await as(boss).members.remove({ id, version: 5 })
  const told = await db
    .select({ fields: journal.fields })
    .from(journal)
    .where(eq(journal.entityId, id))
    .orderBy(journal.number)
  expect(told.map(({ fields }) => fields)).toEqual([
    ['invitedName', 'role', 'userId'],
    ['role'],
    ['link'],
    ['invitedName'],
    ['sessions'],
    ['archivedAt'],
  ])
  expect((await verifyJournals(db)).map(({ broken }) => broken).filter(Boolean)).toEqual([])
})

test('two who change one member: the second is told what the first changed', async () => {
  const { member } = await as(boss).members.invite({ ...someone(), role: 'viewer' })
  const { id, version } = member
  await as(boss).members.update({ id, version, role: 'registrar' })
  const refused = await as(boss)
    .members.update({ id, version, role: 'instructor' })
    .catch((error) => error)
  expect(refused.cause).toMatchObject({ reason: 'member.stale', details: { changes: [{ fields: ['role'] }] } })
})

test('sessions that the school’s own limits have ended are not counted as open', async () => {
  const person = await makeAccount(school, 'viewer')
  await signedIn(person.userId)
  const soon = new Date(now.getTime() + 20 * 60_000)
  const counted = async () =>
    (await as(boss, { now: soon }).members.list({})).find(({ email }) => email === person.email)?.openSessions
  expect(await counted()).toBe(1)
  const settings = await as(boss).schools.get()
  const { version } = await as(boss).schools.update({ version: settings.version, idleMinutes: 15 })
  expect(await counted()).toBe(0)
  await as(boss).schools.update({ version, idleMinutes: null })
})
