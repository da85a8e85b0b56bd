/** How much one person may write within a minute, over HTTP, in every process. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import type { Person } from '../../../server/trpc.ts'
import { signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

const perMinute = 60
/** What one process has taken, the other doesn't have. */
const takenAtOnce = 20
const school = await makeSchool('Busy')
const second = await open()
let clock = now
const servers: Served[] = []
beforeAll(async () => {
  for (const at of [db, second])
    servers.push(await serve(at, { config: { writesPerMinute: perMinute }, now: () => clock }))
})
afterAll(async () => {
  for (const one of servers) await one.close()
  await second.close()
  await db.close()
})

const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
/** Somebody at a desk. */
async function desk() {
  clock = now
  const person = await makePerson(school, 'registrar')
  const { cookie } = await signedIn(person, now)
  let asked = 0
  const headers = () => ({ cookie, 'x-school': school.slug, 'idempotency-key': newId() })
  const post = (procedure: string, input: unknown) =>
    call(servers[asked++ % servers.length]?.url ?? '', procedure, { input, headers: headers() })
  const write = () => post('rooms.create', { name: newId() })
  return { person, post, write }
}
const statuses = async (count: number, work: () => Promise<Response>) => {
  const answers: number[] = []
  for (let n = 0; n < count; n++) answers.push((await work()).status)
  return answers
}
const roomsOf = async (person: Person) => (await as(person).rooms.list({})).length

test('what comes beyond it is refused in all processes, with when to go on, and nothing of it is written', async () => {
  const { person, post, write } = await desk()
  const colleague = await desk()
  const before = await roomsOf(person)
  const first = await statuses(perMinute + takenAtOnce, write)
  expect(new Set(first.slice(0, perMinute - takenAtOnce))).toEqual(new Set([200]))
  expect(first.filter((status) => status === 200)).toHaveLength(perMinute)
  expect(first.filter((status) => status === 429)).toHaveLength(takenAtOnce)
  expect(await roomsOf(person)).toBe(before + perMinute)

  clock = later(20)
  const refused = await write()
  expect(refused.headers.get('retry-after')).toBe('40')
  expect((await refused.json()).error.data.error).toEqual({
    code: 'unavailable',
    reason: 'write.too_many',
    details: { retryAfter: 40 },
  })
  expect((await post('rooms.list', {})).status).toBe(200)
  expect((await colleague.write()).status).toBe(200)
  clock = later(60)
  expect(await statuses(3, write)).toEqual([200, 200, 200])
})

test('many calls at once, over both processes, are no way around it', async () => {
  const { write } = await desk()
  /** A loaded server sends calls away before it counts them: a page asks again. */
  const insist = async (): Promise<Response> => {
    const answer = await write()
    return answer.status === 503 ? insist() : answer
  }
  const answers = await Promise.all(Array.from({ length: 2 * perMinute }, insist))
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(perMinute)
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(perMinute)
})

test('a paste is one write, and one more for each hundred of its rows', async () => {
  const { post, write } = await desk()
  const items = (count: number) => ({ items: Array.from({ length: count }, () => ({ name: newId() })) })
  expect((await post('rooms.createMany', items(99))).status).toBe(200)
  expect((await post('rooms.createMany', items(500))).status).toBe(200)
  const answers = await statuses(perMinute + takenAtOnce, write)
  expect(answers.filter((status) => status === 200)).toHaveLength(perMinute - 1 - 6)
})

test('what pages report by themselves is counted apart, and is bounded too', async () => {
  const { person, post, write } = await desk()
  const { id: entityId } = await as(person).rooms.create({ name: newId() })
  const say = () => post('presences.keep', { tab: newId(), entity: 'room', entityId })
  const answers = await statuses(perMinute + takenAtOnce, say)
  expect(answers.filter((status) => status === 200)).toHaveLength(perMinute)
  expect((await write()).status).toBe(200)
})

test('signing out and ending sessions is not counted', async () => {
  const { post, write } = await desk()
  expect((await statuses(perMinute + takenAtOnce, write)).at(-1)).toBe(429)
  expect((await post('session.revokeOthers', {})).status).toBe(200)
  expect((await post('session.remove', {})).status).toBe(200)
})

test('a clock that was ahead for a moment keeps nobody from writing', async () => {
  const { write } = await desk()
  clock = later(400 * 86_400)
  expect((await write()).status).toBe(401)
  const { person } = await desk()
  clock = later(400 * 86_400)
  const { cookie } = await signedIn(person, clock)
  const ahead = () =>
    call(servers[0]?.url ?? '', 'rooms.create', {
      input: { name: newId() },
      headers: { cookie, 'x-school': school.slug, 'idempotency-key': newId() },
    })
  const reached = await statuses(perMinute + 1, ahead)
  expect(reached.at(-1)).toBe(429)
  clock = now
  const back = await signedIn(person, now)
  const answer = await call(servers[0]?.url ?? '', 'rooms.create', {
    input: { name: newId() },
    headers: { cookie: back.cookie, 'x-school': school.slug, 'idempotency-key': newId() },
  })
  expect(answer.status).toBe(200)
})
