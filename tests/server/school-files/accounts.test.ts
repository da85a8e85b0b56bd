import '../../setup/as-owner.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { memberships, oneTimeTokens, savedViews, sessions, users } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { verifySchool } from '../../../server/journal/verify.ts'
import { allKinds } from '../../../server/kinds.ts'
import { alteredRecords } from '../../../server/records/altered.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { exported, forged, forget, imported, unpacked } from './a-school.ts'

afterAll(() => db.close())

const elsewhere = await makeSchool('Elsewhere')
const owner = await makePerson(elsewhere, 'administrator')
const north = await makeSchool('Northgate')
const registrar = await makePerson(north, 'registrar')
const secrets = ['secret-hash-of-a-password', 'f'.repeat(64), 'e'.repeat(64)] as const

beforeAll(async () => {
  await db.transaction(noSchool, async (tx) => {
    await tx.update(users).set({ isOwner: true }).where(eq(users.id, owner.userId))
    await tx.update(users).set({ passwordHash: secrets[0] }).where(eq(users.id, registrar.userId))
    const [userId, expiresAt] = [registrar.userId, now]
    await tx.insert(sessions).values({ id: newId(), userId, tokenHash: secrets[1], createdAt: now, lastSeenAt: now })
    await tx.insert(oneTimeTokens).values({ purpose: 'passwordReset', userId, tokenHash: secrets[2], expiresAt })
  })
  await as(registrar).students.create({ givenName: 'Ada', familyName: 'Abara' })
  await as(registrar).savedViews.create({ place: 'students', name: 'Mine', search: '', isShared: false })
})

const memberOf = async (schoolId: number, userId: string) =>
  (
    await db
      .select()
      .from(memberships)
      .where(and(eq(memberships.schoolId, schoolId), eq(memberships.userId, userId)))
  )[0]
const accountOf = async (email: string) => (await db.select().from(users).where(eq(users.email, email)))[0]

test('no password, session or link is in the files', async () => {
  const path = await exported(north.slug)
  for (const [name, content] of await unpacked(path)) {
    for (const secret of secrets) expect(content.includes(secret), `${name} holds ${secret}`).toBe(false)
    expect(content.includes('passwordHash'), name).toBe(false)
  }
  const [account] = [...(await unpacked(path))].filter(([name]) => name === 'accounts.jsonl')
  expect(
    String(account?.[1])
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      id: registrar.userId,
      name: registrar.name,
      email: registrar.email,
      language: null,
      isOwner: false,
      isDisabled: false,
    },
  ])
})

const verified = (school: { id: number; slug: string }) =>
  db.snapshot(async (tx) => ({
    broken: (await verifySchool(tx, school)).broken,
    altered: (await alteredRecords(tx, school.id, allKinds)).first,
  }))
const whole = { broken: null, altered: [] }

test('whoever was a member waits for a link, even with an account of the same id and address in the register', async () => {
  const { school, invited } = await imported(await exported(north.slug), 'north-copy')
  expect(invited).toBe(1)
  expect(await memberOf(school.id, registrar.userId)).toMatchObject({ role: 'registrar', invitedName: registrar.name })
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), registrar.userId, now))
  expect((await findPerson(db, token, now))?.memberships.map((one) => one.school.slug)).toEqual([north.slug])
  expect(await verified(school)).toEqual(whole)
})

test('an owner of the register is administrator of the school that comes in, and can make its people their links', async () => {
  const { school } = await imported(await exported(north.slug), 'north-owned')
  expect(await memberOf(school.id, owner.userId)).toMatchObject({ role: 'administrator', invitedName: null })
  const there: Person = { ...owner, memberships: [{ school, role: 'administrator', instructorId: null }] }
  const waiting = (await as(there).members.list({ archived: false })).find((one) => one.email === registrar.email)
  expect(waiting).toMatchObject({ state: 'invited', name: registrar.name })
  const { id = '', version = 0 } = waiting ?? {}
  const { link } = await as(there).members.resetPassword({ id, version })
  expect(link.purpose).toBe('invitation')
  const { rows } = await as(there).journal.list({})
  expect(rows.map(({ by }) => by)).toContain(registrar.name)
})

test('where an address has an account of another id, that one is invited, and the name of who acted stays', async () => {
  const school = await makeSchool('Farm School')
  const writer = await makePerson(school, 'registrar')
  await as(writer).students.create({ givenName: 'Ada', familyName: 'Abara' })
  await as(writer).savedViews.create({ place: 'students', name: 'Mine', search: '', isShared: false })
  const path = await exported(school.slug)
  await forget(school.id, [writer.userId])
  const [namesake] = await db.transaction(noSchool, (tx) =>
    tx.insert(users).values({ name: 'Same Address', email: writer.email, createdAt: now }).returning(),
  )
  const { school: here } = await imported(path)
  expect(here.slug).toBe(school.slug)
  expect(await memberOf(here.id, namesake?.id ?? '')).toMatchObject({ invitedName: writer.name, version: 2 })
  expect(await memberOf(here.id, writer.userId)).toBeUndefined()
  const [view] = await db.select().from(savedViews).where(eq(savedViews.schoolId, here.id))
  expect(view?.userId).toBe(namesake?.id)
  expect(await accountOf(writer.email)).toMatchObject({ id: namesake?.id, name: 'Same Address' })
  const [actor] = await db.select().from(users).where(eq(users.id, writer.userId))
  expect(actor).toMatchObject({ name: writer.name, passwordHash: null, disabledAt: now })
  expect(actor?.email).toMatch(/\.invalid$/)
  expect(await verified(here)).toEqual(whole)

  const again = await unpacked(await exported(here.slug))
  const told = String(again.get('accounts.jsonl'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(told.find(({ id }) => id === writer.userId)).toMatchObject({ name: writer.name, email: null })
})

test('in a register that knows neither, the account has its id, name and address, and no password', async () => {
  const school = await makeSchool('Lake School')
  const writer = await makePerson(school, 'registrar')
  await as(writer).students.create({ givenName: 'Ada', familyName: 'Abara' })
  const path = await exported(school.slug)
  await forget(school.id, [writer.userId])
  const { school: here } = await imported(path)
  expect(await accountOf(writer.email)).toMatchObject({ id: writer.userId, name: writer.name, passwordHash: null })
  expect(await memberOf(here.id, writer.userId)).toMatchObject({ invitedName: writer.name })
  expect(await verified(here)).toEqual(whole)
})

test('a file can’t take the id of an account for another address, nor name accounts that it does not tell of', async () => {
  const path = await exported(north.slug)
  const other = await forged(path, 'accounts.jsonl', (text) => text.replace(registrar.email, 'thief@school.example'))
  await expect(imported(other, 'stolen')).rejects.toThrow('has another address in this register')
  const ofOwner = (text: string) => text.replaceAll(registrar.userId, owner.userId)
  const unnamed = await forged(path, 'memberships.jsonl', ofOwner)
  await expect(imported(unnamed, 'stolen')).rejects.toThrow(/memberships.jsonl names the account .* does not tell/)
  const noAddress = (text: string) => text.replace(/"email":"[^"]+"/, '"email":null')
  await expect(imported(await forged(path, 'accounts.jsonl', noAddress), 'stolen')).rejects.toThrow('tells no address')
  const twice = await forged(path, 'accounts.jsonl', (text) => text + text)
  await expect(imported(twice, 'stolen')).rejects.toThrow('twice')
})
