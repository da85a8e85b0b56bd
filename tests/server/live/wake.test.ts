/** The journal is polled when a test says so: what is told before was told because this process wrote it. */
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { newestNumber } from '../../../server/journal/newest.ts'
import type { News } from '../../../server/live/feed.ts'
import { Feed } from '../../../server/live/feed.ts'
import { signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

const school = await makeSchool('Woken')
const registrar = await makePerson(school, 'registrar')
const { sessionId } = await signedIn(registrar)
const subscriber = { userId: registrar.userId, sessionId }
afterAll(() => db.close())

/** The pauses between regular polls, each of which lasts until the test ends it. */
class Pauses {
  #end = () => {}
  #begin = () => {}
  #begun = new Promise<void>((resolve) => {
    this.#begin = resolve
  })

  readonly next = (): Promise<void> => {
    this.#begin()
    return new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Resolves after the first poll. */
  get first(): Promise<void> {
    return this.#begun
  }

  /** Resolves after the poll that follows. */
  poll(): Promise<void> {
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve
    })
    this.#end()
    return this.#begun
  }
}

let pauses: Pauses
let feed: Feed
beforeEach(() => {
  pauses = new Pauses()
  feed = new Feed(db, pauses.next)
})
afterEach(() => feed.end())

async function listening() {
  const number = await newestNumber(db, school.id)
  const reader = feed.listen(school.id, subscriber, number, new AbortController().signal).getReader()
  await pauses.first
  return async (): Promise<string[]> => ((await reader.read()).value as News).entries.map(({ id }) => id)
}

let named = 0
const add = async (): Promise<string> => (await as(registrar).rooms.create({ name: `Room ${++named}` })).id
async function addMany(): Promise<string[]> {
  const added: string[] = []
  for (let n = 0; n < 40; n++) added.push(await add())
  return added
}

test('whoever listens to the process that wrote hears of it before the journal is polled again', async () => {
  const told = await listening()
  const id = await add()
  expect(await told()).toEqual([id])
})

test('what is written in a row is told once at once, and then in one at the next poll', async () => {
  const told = await listening()
  const added = await addMany()
  const first = await told()
  await pauses.poll()
  expect([...first, ...(await told())]).toEqual(added)
})

test('while a school is written to all the time, its listeners are told at the polls alone', async () => {
  const told = await listening()
  await add()
  await told()
  await add()
  await pauses.poll()
  await told()
  const busy = await addMany()
  await pauses.poll()
  expect(await told()).toEqual(busy)
  await pauses.poll()
  const calm = await add()
  expect(await told()).toEqual([calm])
})
