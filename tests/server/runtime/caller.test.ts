/** Two people, one browser: a page goes on being the page of whoever opened it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { startSession } from '../../../server/auth/sessions.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let served: Served
let school: School
let first: Person
let second: Person
/** The browser's one cookie: the second person has signed in after the first. */
let cookie: string
beforeAll(async () => {
  school = await makeSchool()
  first = await makePerson(school, 'registrar')
  second = await makePerson(school, 'registrar')
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), second.userId, new Date()))
  cookie = `homeroom=${token}`
  served = await serve(db)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

async function from(page: Person | null, procedure: string, input: unknown = undefined) {
  const headers = { cookie, 'idempotency-key': newId(), 'x-school': school.slug }
  const answer = await call(served.url, procedure, {
    input,
    headers: { ...headers, ...(page && { 'x-person': page.userId }) },
  })
  const body = await answer.json()
  return { status: answer.status, reason: body.error?.message as string | undefined, answer: body.result?.data }
}

test("what was typed on one person's page is not saved in the name of another who signed in beside it", async () => {
  expect(await from(first, 'rooms.create', { name: 'Attic' })).toMatchObject({ status: 401, reason: 'session.missing' })
  expect(await from(first, 'rooms.list', {})).toMatchObject({ reason: 'session.missing' })
  expect(await from(first, 'session.list')).toMatchObject({ reason: 'session.missing' })
  expect(await from(first, 'session.remove')).toMatchObject({ reason: 'session.missing' })
  expect(await as(second).rooms.list({})).toEqual([])
})

test('on a page of their own they work on, and so does a caller that names nobody', async () => {
  expect(await from(second, 'rooms.create', { name: 'Cellar' })).toMatchObject({ status: 200 })
  expect(await from(null, 'rooms.list', {})).toMatchObject({ status: 200, answer: [{ name: 'Cellar' }] })
})

test('who is signed in is told to either page', async () => {
  for (const page of [first, second]) expect((await from(page, 'session.get')).answer.person.userId).toBe(second.userId)
})
