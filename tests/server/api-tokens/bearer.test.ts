/** From the making of a token to its end, and all that ends it before. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { apiTokens, journal, memberships, schools, users } from '../../../db/schema/index.ts'
import { findBearer } from '../../../server/api-tokens/bearer.ts'
import { isApiToken, newApiToken } from '../../../server/api-tokens/token.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { changeAccount } from '../../setup/accounts.ts'
import { tokenOf } from '../../setup/api.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

let school: School
let administrator: Person
beforeAll(async () => {
  school = await makeSchool()
  administrator = await makePerson(school, 'administrator')
})
afterAll(() => db.close())

const memberOf = async ({ userId }: Person) => {
  const [member] = await db.select().from(memberships).where(eq(memberships.userId, userId))
  if (!member) throw new Error('no member')
  return member
}
const scopesOf = async (token: string, at = now) => {
  const found = await findBearer(db, token, at)
  return found && [...(found.person.memberships[0]?.scopes ?? [])].toSorted()
}

test('a token is known by its beginning and its checksum, so a mistyped one asks no database', () => {
  const token = newApiToken()
  expect(token).toMatch(/^hrm_[0-9a-z]{57}$/)
  expect(isApiToken(token)).toBe(true)
  const other = token.endsWith('0') ? '1' : '0'
  expect(isApiToken(`${token.slice(0, -1)}${other}`)).toBe(false)
  expect(isApiToken(`${token}0`)).toBe(false)
})

test('only the hash of a token is stored, and the list never shows it again', async () => {
  const token = await tokenOf(administrator, ['student.read'])
  const rows = JSON.stringify(await db.select().from(apiTokens))
  expect(rows).not.toContain(token)
  expect(JSON.stringify(await as(administrator).apiTokens.mine())).not.toContain(token)
})

test('whoever makes the same request again is not shown the token a second time', async () => {
  const key = newId()
  const input = { name: 'Once', scopes: ['room.read' as const], days: 1 }
  await as(administrator, { key }).apiTokens.create(input)
  await expect(as(administrator, { key }).apiTokens.create(input)).rejects.toThrow('operation.repeated')
})

test('long after signing in, a token is made only with the password', async () => {
  const later = { now: new Date(now.getTime() + 600_001) }
  const given = { name: 'Late', scopes: ['room.read' as const], days: 1 }
  await expect(as(administrator, later).apiTokens.create(given)).rejects.toThrow('session.unconfirmed')
  const service = { ...given, role: 'viewer' as const }
  await expect(as(administrator, later).apiTokens.createService(service)).rejects.toThrow('session.unconfirmed')
})

test('nobody gives a token more than their own role may do', async () => {
  const viewer = await makePerson(school, 'viewer')
  await expect(tokenOf(viewer, ['student.write'])).rejects.toThrow('permission.missing')
  await expect(tokenOf(viewer, ['guardian.read'])).rejects.toThrow('permission.missing')
})

test('a token lasts a year at most, and opens nothing from its last moment on', async () => {
  const make = (days: number) => as(administrator).apiTokens.create({ name: 'Long', scopes: ['room.read'], days })
  await expect(make(366)).rejects.toThrow()
  const { token } = await make(1)
  expect(await scopesOf(token, new Date(now.getTime() + 86_399_999))).toEqual(['room.read'])
  expect(await scopesOf(token, new Date(now.getTime() + 86_400_000))).toBe(null)
})

test('a revoked token opens nothing, and the journal tells of its making and its end', async () => {
  const registrar = await makePerson(school, 'registrar')
  const token = await tokenOf(registrar, ['room.read'])
  const [own] = await as(registrar).apiTokens.mine()
  await as(registrar).apiTokens.revoke({ id: own?.id ?? '' })
  expect(await scopesOf(token)).toBe(null)
  const { id } = await memberOf(registrar)
  const told = await db
    .select({ fields: journal.fields })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.entityId, id)))
  expect(told.filter(({ fields }) => fields.includes('apiToken'))).toHaveLength(2)
})

test('only an administrator revokes the token of somebody else', async () => {
  const registrar = await makePerson(school, 'registrar')
  const token = await tokenOf(registrar, ['room.read'])
  const [own] = await as(registrar).apiTokens.mine()
  const theirs = own?.id ?? ''
  expect((await as(administrator).apiTokens.list()).map(({ id }) => id)).toContain(theirs)
  const viewer = await makePerson(school, 'viewer')
  await expect(as(viewer).apiTokens.revoke({ id: theirs })).rejects.toThrow('apiToken.not_found')
  expect(await scopesOf(token)).toEqual(['room.read'])
  await as(administrator).apiTokens.revoke({ id: theirs })
  expect(await scopesOf(token)).toBe(null)
})

test('whoever is demoted, removed or disabled takes their tokens along at once', async () => {
  const person = await makePerson(school, 'registrar')
  const token = await tokenOf(person, ['student.read', 'student.write'])
  const found = await findBearer(db, token, now)
  expect(found?.person.memberships[0]?.role).toBe('registrar')
  const seen = async () => ({ id: (await memberOf(person)).id, version: (await memberOf(person)).version })
  await as(administrator).members.update({ ...(await seen()), role: 'viewer' })
  expect((await findBearer(db, token, now))?.person.memberships[0]?.role).toBe('viewer')
  await as(administrator).members.remove(await seen())
  expect(await findBearer(db, token, now)).toBe(null)
})

test('whoever comes back finds no token of before', async () => {
  const person = await makePerson(school, 'registrar')
  const seen = async () => ({ id: (await memberOf(person)).id, version: (await memberOf(person)).version })
  const [first, elsewhere] = [await tokenOf(person, ['room.read']), await makePerson(school, 'registrar')]
  const other = await tokenOf(elsewhere, ['room.read'])
  await as(administrator).members.remove(await seen())
  await as(administrator).members.restore(await seen())
  expect(await findBearer(db, first, now)).toBe(null)
  const second = await tokenOf(person, ['room.read'])
  await as(administrator).members.disable(await seen())
  await as(administrator).members.enable(await seen())
  expect(await findBearer(db, second, now)).toBe(null)
  expect(await scopesOf(other)).toEqual(['room.read'])
})

test('a token opens nothing in an account that is disabled otherwise, nor in a school that is archived', async () => {
  const closed = await makeSchool('Closed')
  const person = await makePerson(closed, 'registrar')
  const token = await tokenOf(person, ['room.read'])
  await changeAccount(person.userId, { disabledAt: now })
  expect(await findBearer(db, token, now)).toBe(null)
  await changeAccount(person.userId, { disabledAt: null })
  expect(await scopesOf(token)).toEqual(['room.read'])
  await db.transaction(noSchool, (tx) => tx.update(schools).set({ archivedAt: now }).where(eq(schools.id, closed.id)))
  expect(await findBearer(db, token, now)).toBe(null)
})

test('a member has 20 tokens at most', async () => {
  const person = await makePerson(school, 'viewer')
  for (let n = 0; n < 20; n++) await tokenOf(person, ['program.read'])
  await expect(tokenOf(person, ['program.read'])).rejects.toThrow('apiToken.too_many')
})

test('when a token was used last is written at most once an hour', async () => {
  const person = await makePerson(school, 'viewer')
  const token = await tokenOf(person, ['program.read'])
  const used = async (at: Date) => {
    await findBearer(db, token, at)
    await db.transaction(noSchool, async () => undefined)
    return (await as(person).apiTokens.mine())[0]?.lastUsedAt
  }
  const after = (ms: number) => new Date(now.getTime() + ms)
  await expect.poll(() => used(now)).toBe(now.toISOString())
  expect(await used(after(3_599_999))).toBe(now.toISOString())
  await expect.poll(() => used(after(3_600_001))).toBe(after(3_600_001).toISOString())
})

test('a service is a member that is an app: no link lets a person in as it, and it administers nothing', async () => {
  const given = { name: 'Bus times', role: 'viewer' as const, scopes: ['student.read' as const], days: 90 }
  const { token } = await as(administrator).apiTokens.createService(given)
  const found = await findBearer(db, token, now)
  expect(found?.person).toMatchObject({ name: 'Bus times', memberships: [{ role: 'viewer' }] })
  const service = (await as(administrator).members.list({})).find(({ name }) => name === 'Bus times')
  expect(service).toMatchObject({ state: 'service', email: '', mayGetLink: false })
  const seen = { id: service?.id ?? '', version: service?.version ?? 0 }
  await expect(as(administrator).members.resetPassword(seen)).rejects.toThrow('member.service')
  await expect(as(administrator).members.update({ ...seen, role: 'administrator' })).rejects.toThrow('member.service')
  const [account] = await db
    .select()
    .from(users)
    .where(eq(users.id, found?.person.userId ?? ''))
  const invited = { name: 'Mo', email: account?.email ?? '', role: 'viewer' as const }
  const elsewhere = await makePerson(await makeSchool('Elsewhere'), 'administrator')
  await expect(as(elsewhere).members.invite(invited)).rejects.toThrow('member.service')
  const more = { name: 'Next year', scopes: ['room.read' as const], days: 365, memberId: seen.id }
  expect(await scopesOf((await as(administrator).apiTokens.create(more)).token)).toEqual(['room.read'])
})

test('only an administrator makes a token of a service, and nobody one of another person', async () => {
  const [registrar, viewer] = [await makePerson(school, 'registrar'), await makePerson(school, 'viewer')]
  const memberId = (await memberOf(viewer)).id
  const given = { name: 'Theirs', scopes: ['room.read' as const], days: 1, memberId }
  await expect(as(registrar).apiTokens.create(given)).rejects.toThrow('permission.missing')
  await expect(as(administrator).apiTokens.create(given)).rejects.toThrow('member.not_found')
})
