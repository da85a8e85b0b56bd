/** What each process adds to the day, from which the page tells whether one file still serves the register. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { instances, rooms, sessions, usageDays } from '../../../db/schema/index.ts'
import { countColumns } from '../../../server/calls/minutes.ts'
import { Usage } from '../../../server/calls/usage.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'

beforeEach(() =>
  db.transaction(noSchool, async (tx) => {
    await tx.delete(usageDays)
    await tx.delete(sessions)
    await tx.delete(instances)
  }),
)
afterAll(() => db.close())

const days = () => db.select().from(usageDays).orderBy(usageDays.date)
const today = async () => (await days()).at(-1)
const writes = async () => {
  const row = await today()
  return row && countColumns.reduce((sum, name) => sum + row[name], 0)
}
const school = await makeSchool()
const save = (name: string) =>
  db.transaction(school.id, (tx) => tx.insert(rooms).values({ schoolId: school.id, id: newId(), name }))
async function add(usage: Usage, at = now) {
  const committed = await db.transaction(noSchool, (tx) => usage.write(tx, at))
  committed()
}
async function signIn(userId: string, secondsAgo: number) {
  const id = newId()
  const seen = new Date(now.getTime() - secondsAgo * 1000)
  await db.transaction(noSchool, (tx) =>
    tx.insert(sessions).values({ id, userId, tokenHash: id, createdAt: seen, lastSeenAt: seen }),
  )
}

test('each write of a school is counted once by how long it waited; what processes say of themselves is not', async () => {
  const usage = new Usage(db)
  await save('one')
  await save('two')
  await db.transaction(noSchool, async () => undefined)
  await add(usage)
  expect(await writes()).toBe(2)
  await add(usage)
  expect(await writes()).toBe(2)
})

test('what two processes saw of a day is added up', async () => {
  const [one, other] = [new Usage(db), new Usage(db)]
  await save('three')
  await add(one)
  await add(other)
  expect(await writes()).toBe(2)
})

test('who waited for another long write is counted with the time it took', async () => {
  const usage = new Usage(db)
  let end = () => {}
  const isOver = new Promise<void>((resolve) => {
    end = resolve
  })
  const long = db.transaction(school.id, () => isOver)
  const waiting = save('four')
  const begun = performance.now()
  await expect.poll(() => performance.now() - begun).toBeGreaterThan(120)
  end()
  await Promise.all([long, waiting])
  await add(usage)
  const row = await today()
  const over100 = row && row.within200 + row.within500 + row.within1000 + row.within2000 + row.within5000 + row.longer
  expect(over100).toBe(1)
})

test('a write that was not committed is added with the next', async () => {
  const usage = new Usage(db)
  await save('five')
  const failed = db.transaction(noSchool, async (tx) => {
    await usage.write(tx, now)
    throw new Error('not today')
  })
  await expect(failed).rejects.toThrow('not today')
  expect(await today()).toBe(undefined)
  await add(usage)
  expect(await writes()).toBe(1)
})

test('people are counted once, however many browsers they use, and those of the last five minutes as at work', async () => {
  const [ann, ben, cal] = [
    await makePerson(school, 'registrar'),
    await makePerson(school, 'registrar'),
    await makePerson(school, 'viewer'),
  ]
  await signIn(ann.userId, 10)
  await signIn(ann.userId, 20)
  await signIn(ben.userId, 3600)
  await signIn(cal.userId, 86_400)
  await add(new Usage(db))
  expect(await today()).toMatchObject({ people: 2, peopleAtOnce: 1 })
})

test('the most of a day stays, and the size is the newest', async () => {
  const ann = await makePerson(school, 'registrar')
  await signIn(ann.userId, 10)
  await add(new Usage(db))
  const { size = 0 } = (await today()) ?? {}
  expect(size).toBeGreaterThan(100_000)
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(sessions)
    await tx.update(usageDays).set({ busiest: 77, processes: 3, size: 1 })
  })
  await add(new Usage(db))
  expect(await today()).toMatchObject({ people: 1, peopleAtOnce: 1, busiest: 77, processes: 3, size })
})

test('only processes that were heard of and will go on are counted', async () => {
  const about = { host: 'north', pid: 1, version: '1', schemaMin: 5, schemaMax: 6, startedAt: now }
  const seen = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000)
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(instances).values({ id: newId(), ...about, seenAt: seen(5), isDraining: false })
    await tx.insert(instances).values({ id: newId(), ...about, seenAt: seen(5), isDraining: true })
    await tx.insert(instances).values({ id: newId(), ...about, seenAt: seen(90), isDraining: false })
  })
  await add(new Usage(db))
  expect(await today()).toMatchObject({ processes: 1 })
})

test('midnight begins a new day with its size, and a day older than a quarter is forgotten', async () => {
  const usage = new Usage(db)
  await add(usage, new Date('2026-08-01T12:00:00Z'))
  await add(usage, new Date('2026-11-20T23:59:00Z'))
  await add(usage, new Date('2026-11-21T00:00:00Z'))
  const told = await days()
  expect(told.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-21'])
  expect(told.every(({ size }) => size > 0)).toBe(true)
})
