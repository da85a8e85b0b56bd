/** What the pages of flags tell owners of the register, and administrators of a school. */
import '../../setup/as-owner.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool, register } from '../../../db/database.ts'
import { registerJournal, flags as table, users } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { reasonOf } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

let owner: Person
let administrator: Person
let elsewhere: Person
let here: School
let there: School
beforeAll(async () => {
  here = await makeSchool('Here')
  there = await makeSchool('There')
  owner = await makePerson(here, 'administrator')
  administrator = await makePerson(here, 'administrator')
  await makePerson(here, 'viewer')
  elsewhere = await makePerson(there, 'viewer')
  await db.transaction(noSchool, async (tx) => {
    await tx.update(users).set({ isOwner: true, name: 'Olga Owner' }).where(eq(users.id, owner.userId))
    await tx.update(users).set({ name: 'Élise Away' }).where(eq(users.id, elsewhere.userId))
  })
})
beforeEach(() =>
  db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
  }),
)
afterAll(() => db.close())

const get = (key: string, person = owner) => as(person).flags.get({ key })
const seen = async (key: string, person = owner) => (await get(key, person)).sees
const movePage = { key: 'move-page', version: 0, mode: 'rules' as const }

test('who has a flag is counted and named: people, schools, or the register', async () => {
  expect(await seen('move-page')).toEqual({ on: 4, of: 4, names: [] })
  expect(await seen('presences')).toEqual({ on: 2, of: 2, names: [] })
  expect(await seen('backfills')).toEqual({ on: 1, of: 1, names: [] })
  await as(owner).flags.set({ ...movePage, people: [elsewhere.userId], includesOwners: true })
  expect(await seen('move-page')).toMatchObject({
    on: 2,
    of: 4,
    names: [{ name: 'Olga Owner' }, { name: 'Élise Away' }],
  })
  await as(owner).flags.set({ key: 'presences', version: 0, mode: 'rules', schools: [there.id] })
  expect(await seen('presences')).toEqual({ on: 1, of: 2, names: [{ name: 'There', second: there.slug }] })
  await as(owner).flags.set({ key: 'backfills', version: 0, mode: 'off' })
  expect(await seen('backfills')).toMatchObject({ on: 0, of: 1 })
})

test('an administrator sees what concerns the school, and nobody of another one', async () => {
  await as(owner).flags.set({ ...movePage, people: [elsewhere.userId], roles: ['viewer'], schools: [there.id] })
  const { ofOwners, sees, percent, mode } = await get('move-page', administrator)
  expect({ ofOwners, mode, percent }).toEqual({ ofOwners: null, mode: 'rules', percent: 0 })
  expect(sees).toMatchObject({ on: 1, of: 3, names: [{ name: 'The viewer' }] })
  const listed = await as(administrator).flags.list()
  expect(listed.ownsRegister).toBe(false)
  expect(listed.flags.find(({ key }) => key === 'move-page')).toMatchObject({ sees: { on: 1, of: 3 } })
  const answers = JSON.stringify([listed, await get('move-page', administrator)])
  for (const text of ['Away', elsewhere.userId, elsewhere.email, there.slug]) expect(answers).not.toContain(text)
})

test('an administrator changes nothing, takes nothing back and finds nobody', async () => {
  await as(owner).flags.set({ ...movePage, percent: 5 })
  const asked = as(administrator).flags
  expect(await reasonOf(asked.set({ ...movePage, version: 1, mode: 'off' }))).toBe('owner.only')
  expect(await reasonOf(as(administrator).flags.undo({ key: 'move-page', version: 1 }))).toBe('owner.only')
  expect(await reasonOf(as(administrator).flags.findPeople({ search: 'Away' }))).toBe('owner.only')
  expect(await reasonOf(as(administrator).flags.get({ key: 'no-such-flag' }))).toBe('flag.not_found')
})

test('an owner finds people of all schools by a part of name and email, without accents', async () => {
  const found = async (search: string) => (await as(owner).flags.findPeople({ search })).map(({ name }) => name)
  expect(await found('elise aw')).toEqual(['Élise Away'])
  expect(await found('owner administrator.')).toEqual(['Olga Owner'])
  expect(await found('nobody of this name')).toEqual([])
  expect(await as(owner).flags.findPeople({ search: 'elise' })).toEqual([
    { id: elsewhere.userId, name: 'Élise Away', email: elsewhere.email, school: 'There' },
  ])
})

test('the history tells who changed what, newest first, and a change is taken back once', async () => {
  expect(await as(owner).flags.set({ ...movePage, percent: 5, people: [elsewhere.userId] })).toEqual({
    ...{ key: 'move-page', version: 1 },
  })
  await as(owner).flags.set({ key: 'move-page', version: 1, percent: 50, schools: [there.id] })
  await as(owner).flags.undo({ key: 'move-page', version: 2 })
  expect(await reasonOf(as(owner).flags.undo({ key: 'move-page', version: 2 }))).toBe('flag.stale')
  const { ofOwners, version, percent } = await get('move-page')
  expect({ version, percent }).toEqual({ version: 3, percent: 5 })
  const told = ofOwners?.history.map(({ at: _at, number: _number, ...entry }) => entry)
  expect(told).toMatchObject([
    { version: 3, by: 'Olga Owner', isUndo: true, before: { percent: 50 }, after: { percent: 5, schools: [] } },
    { version: 2, isUndo: false, isByGuard: false, before: { percent: 5 }, after: { percent: 50, schools: ['There'] } },
    { version: 1, before: { people: undefined }, after: { mode: 'rules', percent: 5, people: ['Élise Away'] } },
  ])
})

test('an app is no person who could sign in, and is not counted', async () => {
  const before = await seen('move-page')
  const input = { name: 'Library', role: 'viewer' as const, scopes: ['student.read' as const], days: 30 }
  await as(administrator).apiTokens.createService(input)
  expect(await seen('move-page')).toEqual(before)
})

test('who has left is not counted, and a flag whose row is spoiled is told as such', async () => {
  await db.transaction(noSchool, (tx) =>
    tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, elsewhere.userId)),
  )
  expect(await seen('move-page')).toMatchObject({ of: 3 })
  await db.transaction(noSchool, (tx) =>
    tx.update(users).set({ disabledAt: null }).where(eq(users.id, elsewhere.userId)),
  )
  await as(owner).flags.set({ ...movePage, percent: 5 })
  await db.transaction(register, (tx) => tx.update(table).set({ roles: ['wizard' as 'viewer'] }))
  const { isBroken, version } = await get('move-page')
  expect({ isBroken, version }).toEqual({ isBroken: true, version: 1 })
  await as(owner).flags.set({ ...movePage, version: 1, percent: 0, people: [], roles: [], schools: [] })
  expect(await get('move-page')).toMatchObject({ isBroken: false, version: 2 })
})
