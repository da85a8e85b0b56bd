/** Changes of flags: what is refused, what the chain tells, and how one is taken back. */
import '../../setup/as-owner.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool, register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { registerJournal, flags as table, users } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { listFlags } from '../../../server/flags/list.ts'
import { overdue } from '../../../server/flags/registry.ts'
import { setFlag, undoFlag } from '../../../server/flags/set.ts'
import { verifyRegister } from '../../../server/journal/register.ts'
import type { Person } from '../../../server/trpc.ts'
import { contextOf, db, makePerson, makeSchool, now } from '../../setup/people.ts'

let owner: Person
let administrator: Person
let school: School
beforeAll(async () => {
  school = await makeSchool()
  owner = await makePerson(school, 'administrator')
  administrator = await makePerson(school, 'administrator')
  await db.transaction(noSchool, (tx) => tx.update(users).set({ isOwner: true }).where(eq(users.id, owner.userId)))
})
beforeEach(() =>
  db.transaction(register, async (tx) => {
    await tx.delete(table)
    await tx.delete(registerJournal)
  }),
)
afterAll(() => db.close())

const reasonOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error) => error.reason,
  )

type Change = Omit<Parameters<typeof setFlag>[1], 'key' | 'version'>
const set = (key: string, version: number, change: Change, person = owner, at = now) =>
  setFlag(
    { ...contextOf(person, 'flags.set', at), operation: { ...contextOf(person, 'flags.set').operation, id: newId() } },
    { key, version, ...change },
  )
const undo = (key: string, version: number, person = owner) =>
  undoFlag(contextOf(person, 'flags.undo'), { key, version })
const listed = async (key: string, at = now) => (await listFlags(db, at)).find((flag) => flag.key === key)
const chain = () => db.select().from(registerJournal).orderBy(registerJournal.number)

test('an owner changes a flag, and the chain tells who, when and what', async () => {
  await set('move-page', 0, { mode: 'rules', percent: 5, people: [administrator.userId], schools: [school.id] })
  await set('move-page', 1, { percent: 20, includesOwners: true })
  expect(await listed('move-page')).toMatchObject({
    ...{ version: 2, mode: 'rules', percent: 20, includesOwners: true, changedBy: owner.name },
    ...{ people: [{ email: administrator.email }], schools: [{ slug: school.slug }], fullSince: null },
  })
  const [first, second] = await chain()
  expect(first).toMatchObject({ entity: 'flag', entityId: 'move-page', actorId: owner.userId, version: 1, at: now })
  expect(second).toMatchObject({ fields: ['includesOwners', 'percent'], way: 'screen' })
  expect(JSON.parse(second?.content ?? '')).toEqual({
    before: { percent: 5, includesOwners: false },
    after: { percent: 20, includesOwners: true },
  })
  expect(await verifyRegister(db)).toMatchObject({ entries: 2, broken: null })
})

test('what changes nothing is no entry, and the order of a list is nothing', async () => {
  await set('move-page', 0, { mode: 'rules', roles: ['viewer', 'registrar'] })
  await set('move-page', 1, { roles: ['registrar', 'viewer', 'viewer'] })
  expect(await chain()).toHaveLength(1)
  await set('presences', 0, { mode: 'default' })
  expect(await chain()).toHaveLength(1)
})

test('nobody but an owner changes a flag', async () => {
  expect(await reasonOf(set('presences', 0, { mode: 'off' }, administrator))).toBe('owner.only')
  expect(await reasonOf(undo('presences', 1, administrator))).toBe('owner.only')
  expect(await chain()).toEqual([])
})

test('of two who change what they saw, the second is told', async () => {
  await set('presences', 0, { mode: 'off' })
  expect(await reasonOf(set('presences', 0, { mode: 'default' }))).toBe('flag.stale')
  const both = [set('presences', 1, { mode: 'default' }), set('presences', 1, { mode: 'rules', percent: 50 })]
  const ends = await Promise.all(both.map(reasonOf))
  expect(ends.filter((reason) => reason === 'flag.stale')).toHaveLength(1)
})

test('a rule that does not fit, and what is not there, is refused', async () => {
  const refused: [string, Change, string][] = [
    ['no-such-flag', { mode: 'off' }, 'flag.not_found'],
    ['presences', { mode: 'rules', people: [owner.userId] }, 'flag.not_so_fine'],
    ['presences', { mode: 'rules', roles: ['viewer'] }, 'flag.not_so_fine'],
    ['presences', { mode: 'rules', includesOwners: true }, 'flag.not_so_fine'],
    ['backfills', { mode: 'rules', percent: 50 }, 'flag.not_so_fine'],
    ['backfills', { mode: 'rules', schools: [school.id] }, 'flag.not_so_fine'],
    ['move-page', { people: [newId()] }, 'member.not_found'],
    ['presences', { schools: [4_000_000] }, 'school.not_found'],
  ]
  for (const [key, change, reason] of refused) expect(await reasonOf(set(key, 0, change)), key).toBe(reason)
  expect(await chain()).toEqual([])
})

test('the newest change is taken back, to the first of all, and an older one is not', async () => {
  await set('move-page', 0, { mode: 'rules', percent: 5, fromAt: '2026-12-10T08:00:00.000Z' })
  await set('move-page', 1, { percent: 50, fromAt: null, roles: ['viewer'] })
  expect(await reasonOf(undo('move-page', 1))).toBe('flag.stale')
  await undo('move-page', 2)
  expect(await listed('move-page')).toMatchObject({
    ...{ version: 3, mode: 'rules', percent: 5, roles: [], fromAt: '2026-12-10T08:00:00.000Z' },
  })
  await set('presences', 0, { mode: 'off' })
  await undo('presences', 1)
  expect(await listed('presences')).toMatchObject({ version: 2, mode: 'default' })
  expect((await chain()).map(({ procedure }) => procedure)).toEqual([
    ...['flags.set', 'flags.set', 'flags.undo', 'flags.set', 'flags.undo'],
  ])
})

const daysLater = (days: number) => new Date(now.getTime() + days * 86_400_000)

test('a release flag that everybody has had for 14 days is to be removed', async () => {
  await set('move-page', 0, { mode: 'rules', percent: 100 })
  await set('move-page', 1, { roles: ['viewer'] }, owner, daysLater(10))
  expect(await listed('move-page', daysLater(13))).toMatchObject({ isToBeRemoved: false, fullSince: now.toISOString() })
  expect(await listed('move-page', daysLater(14))).toMatchObject({ isToBeRemoved: true })
  await set('move-page', 2, { percent: 99 }, owner, daysLater(15))
  await set('move-page', 3, { percent: 100 }, owner, daysLater(16))
  expect(await listed('move-page', daysLater(20))).toMatchObject({ isToBeRemoved: false })
  await set('presences', 0, { mode: 'rules', percent: 100 })
  expect(await listed('presences', daysLater(90))).toMatchObject({ isToBeRemoved: false })
})

test('an expired flag is told, and serves on', async () => {
  expect(overdue('2027-11-29').filter(({ name }) => name === 'move-page')).toEqual([])
  expect(overdue('2027-11-30').map(({ name, since }) => [name, since])).toEqual([
    ['move-page', '2027-11-30'],
    ['MOVE_PAGE', '2027-05-31'],
    ['shadow-seats', '2027-03-31'],
  ])
  expect(await listed('move-page', new Date('2028-01-01T00:00:00Z'))).toMatchObject({
    isExpired: true,
    mode: 'default',
  })
})
