import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { memberships, sessions, users } from '../../../db/schema/index.ts'
import { lockWait } from '../../../db/scope.ts'
import { endSession, findPerson, sessionsAtMost, startSession } from '../../../server/auth/sessions.ts'
import type { Person } from '../../../server/trpc.ts'
import { db, makePerson, makeSchool, now, writeInSchool } from '../../setup/people.ts'

const hour = 3_600_000
const after = (ms: number) => new Date(now.getTime() + ms)
let person: Person
beforeAll(async () => {
  person = await makePerson(await makeSchool(), 'viewer')
})
afterAll(() => db.close())

const start = (id = newId()) => db.transaction(noSchool, (tx) => startSession(tx, id, person.userId, now))

const seenAt = async (id: string) =>
  (await db.select({ at: sessions.lastSeenAt }).from(sessions).where(eq(sessions.id, id)))[0]?.at.getTime()
async function seen(id: string, at: Date) {
  while ((await seenAt(id)) !== at.getTime()) await sleep(5)
}

test('a session is found by its token, with who and where the person is', async () => {
  const token = await start()
  expect(await findPerson(db, token, now)).toMatchObject({
    userId: person.userId,
    memberships: [{ role: 'viewer', school: { slug: 'northgate' } }],
  })
  expect(await findPerson(db, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, now)).toBe(null)
})

test('a session ends after eight hours without a request', async () => {
  const token = await start()
  expect(await findPerson(db, token, after(8 * hour))).toBe(null)
  expect(await findPerson(db, token, after(8 * hour - 1))).not.toBe(null)
})

test('a session in use goes on, and ends a day after the sign-in all the same', async () => {
  const id = newId()
  const token = await start(id)
  for (let at = 7; at < 24; at += 7) {
    expect(await findPerson(db, token, after(at * hour))).not.toBe(null)
    await seen(id, after(at * hour))
  }
  expect(await findPerson(db, token, after(24 * hour - 1))).not.toBe(null)
  expect(await findPerson(db, token, after(24 * hour))).toBe(null)
})

test('being seen is written at most once a minute', async () => {
  const id = newId()
  const token = await start(id)
  await findPerson(db, token, after(59_000))
  await sleep(50)
  expect(await seenAt(id)).toBe(now.getTime())
})

test('a session is found while a long write holds the database', async () => {
  const token = await start()
  let release = () => {}
  let held: Promise<void> = Promise.resolve()
  await new Promise<void>((begun) => {
    const write = () =>
      new Promise<void>((resolve) => {
        release = resolve
        begun()
      })
    held = db.transaction(noSchool, write)
  })
  // What waits for the write gives up no earlier.
  const givenUp = sleep(lockWait, 'waited')
  expect(await Promise.race([findPerson(db, token, after(2 * 60_000)), givenUp])).toMatchObject({
    userId: person.userId,
  })
  release()
  await held
})

test('a session that was ended is gone', async () => {
  const id = newId()
  const token = await start(id)
  await endSession(db, id)
  expect(await findPerson(db, token, now)).toBe(null)
})

test('a new role counts from the next request on, and a disabled account has no session', async () => {
  const token = await start()
  const schoolId = person.memberships[0]?.school.id ?? 0
  await writeInSchool(schoolId, async (tx) => {
    await tx.update(memberships).set({ role: 'registrar' }).where(eq(memberships.userId, person.userId))
    return []
  })
  expect((await findPerson(db, token, now))?.memberships[0]?.role).toBe('registrar')
  await db.transaction(
    noSchool,
    async (tx) => void (await tx.update(users).set({ disabledAt: now }).where(eq(users.id, person.userId))),
  )
  expect(await findPerson(db, token, now)).toBe(null)
})

test('sessions that ended long ago are swept out by the next sign-in', async () => {
  const id = newId()
  await start(id)
  await db.transaction(noSchool, (tx) => startSession(tx, newId(), person.userId, after(24 * hour)))
  expect(await seenAt(id)).toBe(undefined)
})

test('of one person’s many sessions the oldest end, and the one that begins stays, even where a clock was set back', async () => {
  const { userId } = await makePerson(await makeSchool('Sessions'), 'viewer')
  const begin = (at: Date) => db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, at))
  const first = await begin(now)
  for (let n = 1; n < sessionsAtMost; n++) await begin(after(1))
  expect(await findPerson(db, first, now)).not.toBe(null)
  const last = await begin(after(-1))
  expect(await findPerson(db, last, now)).not.toBe(null)
  expect(await findPerson(db, first, now)).toBe(null)
  expect(await db.select().from(sessions).where(eq(sessions.userId, userId))).toHaveLength(sessionsAtMost)
})
