/** Nothing lives in one process only: each request goes to another of three workers, and none can tell. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { makeAccount, password } from '../../setup/accounts.ts'
import { Listener, signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Running } from '../../setup/server.ts'
import { call, startServer } from '../../setup/server.ts'

let server: Running
/** Its first setup link. */
let link: string

beforeAll(async () => {
  server = await startServer({ WORKERS: '3' })
  link = /#t=([\w-]{43})$/m.exec(server.output())?.[1] ?? ''
})
afterAll(async () => {
  await server.stop()
  await db.close()
})

/** The process that wrote the request's line into the log. */
async function workerOf(requestId: string): Promise<number> {
  const isIts = (line: string) => line.includes(requestId) && line.includes('"event":"request"')
  const output = await server.untilSaid(new RegExp(`^(?=.*"event":"request").*${requestId}.*\\n`, 'm'))
  return (JSON.parse(output.split('\n').find(isIts) ?? '') as { pid: number }).pid
}

/** Over a connection of its own, so that the next worker gets it. `worker` is who answered. */
async function ask(procedure: string, input: object, headers: Record<string, string> = {}) {
  const requestId = newId()
  const own = { connection: 'close', 'x-request-id': requestId, 'idempotency-key': newId() }
  const answer = await call(server.url, procedure, { input, headers: { ...own, ...headers } })
  const body = (await answer.json()) as { error?: { message: string }; result?: { data: unknown } }
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    worker: await workerOf(requestId),
    outcome: body.error?.message ?? answer.status,
    data: body.result?.data,
    cookie,
  }
}
/** The same three times: what each worker says. */
const askThree = async (procedure: string, input: object, headers?: Record<string, string>) => {
  const answers = [
    await ask(procedure, input, headers),
    await ask(procedure, input, headers),
    await ask(procedure, input, headers),
  ]
  expect(new Set(answers.map(({ worker }) => worker)).size).toBe(3)
  return answers.map(({ outcome }) => outcome)
}

async function somebody() {
  const school = await makeSchool('Of three')
  return { school, person: await makeAccount(school, 'registrar') }
}

test('who signs in at one worker is signed in at all, and signed out at all', async () => {
  const { person } = await somebody()
  const { outcome, cookie } = await ask('session.create', { email: person.email, password })
  expect(outcome).toBe(200)
  expect(await askThree('session.get', {}, { cookie })).toEqual([200, 200, 200])
  expect((await ask('session.remove', {}, { cookie })).outcome).toBe(200)
  expect(await askThree('session.list', {}, { cookie })).toEqual(Array(3).fill('session.missing'))
})

test('wrong passwords are counted together', async () => {
  const { person } = await somebody()
  const tries = await Promise.all(
    Array.from({ length: 15 }, () => ask('session.create', { email: person.email, password: 'not the password' })),
  )
  expect(new Set(tries.map(({ worker }) => worker)).size).toBe(3)
  expect(tries.filter(({ outcome }) => outcome === 'session.wrong_password')).toHaveLength(10)
  expect(await askThree('session.create', { email: person.email, password })).toEqual(
    Array(3).fill('session.too_many_attempts'),
  )
})

test('a link that works once works once, at whichever worker', async () => {
  expect(await askThree('setup.get', { token: link })).toEqual([200, 200, 200])
  const owner = { token: link, name: 'The owner', email: 'owner@school.example', password }
  const school = { name: 'Once', timeZone: 'Europe/London', locale: 'en-GB' }
  const taken = await Promise.all([1, 2, 3].map(() => ask('setup.create', { ...owner, school })))
  expect(taken.map(({ outcome }) => outcome).filter((outcome) => outcome === 200)).toHaveLength(1)
  expect(await askThree('setup.get', { token: link })).toEqual(Array(3).fill('link.expired'))
})

test('what was saved once is not saved again when another worker gets the repetition', async () => {
  const { school, person } = await somebody()
  const { cookie } = await signedIn(person)
  const headers = { cookie, 'x-school': school.slug, 'idempotency-key': newId() }
  const answers = await Promise.all([1, 2, 3].map(() => ask('rooms.create', { name: 'Only one' }, headers)))
  expect(new Set(answers.map(({ worker }) => worker)).size).toBe(3)
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  expect(answers.map(({ outcome }) => outcome)).toEqual([200, 200, 200])
})

test('who looks at a record at one worker is seen at the others, and all hear what one has saved', async () => {
  const { school, person } = await somebody()
  const colleague = await makePerson(school, 'administrator')
  const { id } = await as(person).rooms.create({ name: 'Watched' })
  const { cookie } = await signedIn(person)
  const other = await signedIn(colleague)
  const listeners = [1, 2, 3].map(() => new Listener({ url: server.url, school: school.slug, cookie }))
  await Promise.all(listeners.map((listener) => listener.until(() => true)))
  const room = { entity: 'room', entityId: id, isEditing: true }
  await ask('presences.keep', { ...room, tab: newId() }, { cookie, 'x-school': school.slug })
  for (const _ of [1, 2, 3]) {
    const seen = await ask(
      'presences.keep',
      { ...room, tab: newId() },
      { cookie: other.cookie, 'x-school': school.slug },
    )
    expect(JSON.stringify(seen.data)).toContain('The registrar')
  }
  const saved = await ask('rooms.create', { name: 'News' }, { cookie, 'x-school': school.slug })
  const made = (saved.data as { id: string }).id
  await Promise.all(
    listeners.map((listener) => listener.until(({ entries }) => entries.some((entry) => entry.id === made))),
  )
  await Promise.all(listeners.map((listener) => listener.cut()))
})
