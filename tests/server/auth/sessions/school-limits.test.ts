import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../../db/database.ts'
import { newId } from '../../../../db/kit.ts'
import { findPerson, startSession } from '../../../../server/auth/sessions.ts'
import { actorsOf } from '../../../../server/live/rights.ts'
import type { Person } from '../../../../server/trpc.ts'
import { joinAlso, makeAccount } from '../../../setup/accounts.ts'
import { as, db, makeSchool, now } from '../../../setup/people.ts'

afterAll(() => db.close())
const minute = 60_000
const after = (minutes: number) => new Date(now.getTime() + minutes * minute)

const limit = async (admin: Person, limits: { idleMinutes?: number | null; sessionHours?: number | null }) => {
  const { version } = await as(admin).schools.get()
  return as(admin).schools.update({ version, ...limits })
}
const start = (userId: string, id = newId()) => db.transaction(noSchool, (tx) => startSession(tx, id, userId, now))

const school = await makeSchool()
const admin = await makeAccount(school, 'administrator')
const strict = await makeSchool('Strict')
const strictAdmin = await makeAccount(strict, 'administrator')

test('a school ends its people’s sessions earlier than the register', async () => {
  const token = await start(admin.userId)
  await limit(admin, { idleMinutes: 15 })
  expect(await findPerson(db, token, after(15), false)).toBe(null)
  expect(await findPerson(db, token, after(14.9), false)).not.toBe(null)
  await limit(admin, { idleMinutes: null, sessionHours: 2 })
  expect(await findPerson(db, token, after(119), false)).not.toBe(null)
  expect(await findPerson(db, token, after(120), false)).toBe(null)
  await limit(admin, { sessionHours: null })
  expect(await findPerson(db, token, after(120), false)).not.toBe(null)
})

test('whoever belongs to several schools is held to the strictest, in every school and on its stream', async () => {
  const both = await makeAccount(school, 'viewer')
  await joinAlso(both, strictAdmin, 'viewer')
  await limit(strictAdmin, { idleMinutes: 10 })
  const session = newId()
  const token = await start(both.userId, session)
  expect(await findPerson(db, token, after(9), false)).not.toBe(null)
  expect(await findPerson(db, token, after(10), false)).toBe(null)
  expect((await actorsOf(db, school.id, [session], after(9))).size).toBe(1)
  expect((await actorsOf(db, school.id, [session], after(10))).size).toBe(0)
})

test('a session that the school has ended is not among a person’s own', async () => {
  const person = await makeAccount(strict, 'viewer')
  await start(person.userId)
  expect(await as(person, { now: after(9) }).session.list()).toHaveLength(1)
  expect(await as(person, { now: after(10) }).session.list()).toHaveLength(0)
})
