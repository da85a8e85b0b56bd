/** What happens when more is asked than can be served, and that an ordinary rush is none of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { rooms } from '../../../db/schema/index.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { Overload } from '../../../server/runtime/overload.ts'
import { Listener, signedIn } from '../../setup/listener.ts'
import { db } from '../../setup/people.ts'
import { api, registrar, school } from '../../setup/school.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let cookie: string
let served: Served
let waiting = 0
beforeAll(async () => {
  cookie = (await signedIn(registrar)).cookie
  const busy: Database = Object.assign(Object.create(db), { waiting: () => waiting })
  served = await serve(busy)
})
afterAll(async () => {
  await served.close()
})

const silent = createLog({ logLevel: 'silent' })
interface Asked {
  at: number
  /** Of the server, in ms. */
  work: number
}
interface Outcome extends Asked {
  waited: number
  isServed: boolean
}
/** Calls as they come, on a clock of our own: a turn of the event loop takes what the calls that begin in it take. */
async function day(asked: Asked[]): Promise<Outcome[]> {
  let now = 0
  const due: { at: number; work: () => void }[] = []
  const clock = {
    now: () => now,
    later: (work: () => void, ms = 0.05) => void due.push({ at: now + ms, work }),
  }
  const overload = new Overload({ log: silent, waiting: () => 0, clock })
  const outcomes: Outcome[] = []
  const coming = asked.toSorted((a, b) => a.at - b.at)
  while (outcomes.length < asked.length) {
    for (let next = coming[0]; next && next.at <= now; next = coming[0]) {
      const one = next
      coming.shift()
      void overload.turn().then((isServed) => {
        outcomes.push({ ...one, isServed, waited: now - one.at })
        now += isServed ? one.work : 0.05
      })
      await new Promise(process.nextTick)
    }
    due.sort((a, b) => a.at - b.at)
    now = Math.max(now, Math.min(due[0]?.at ?? Number.POSITIVE_INFINITY, coming[0]?.at ?? Number.POSITIVE_INFINITY))
    if (due[0] && due[0].at <= now) {
      due.shift()?.work()
      await new Promise(process.nextTick)
    }
  }
  return outcomes
}
/** One every `every` ms. */
const stream = (every: number, forMs: number, work: number): Asked[] =>
  Array.from({ length: Math.floor(forMs / every) }, (_, n) => ({ at: n * every, work }))
const sentAway = (outcomes: Outcome[]) => outcomes.filter(({ isServed }) => !isServed)
const longest = (outcomes: Outcome[]) => Math.max(...outcomes.map(({ waited }) => waited))

test('five times as many calls as can be served: a fifth is served within a second, the others are sent away', async () => {
  const outcomes = await day(stream(0.4, 4000, 2))
  const accepted = outcomes.filter(({ isServed }) => isServed)
  expect(longest(accepted)).toBeLessThan(1000)
  expect(accepted.length).toBeGreaterThan(1500)
  expect(sentAway(outcomes).length).toBeGreaterThan(6000)
  const inTheRush = accepted.filter(({ at }) => at > 1000).map(({ waited }) => waited)
  expect(inTheRush.toSorted((a, b) => a - b)[Math.floor(inTheRush.length / 2)]).toBeLessThan(50)
})

test('once it is over everybody is served again', async () => {
  const rush = stream(0.4, 3000, 2)
  const later = stream(4, 2000, 2).map(({ at, work }) => ({ at: at + 4000, work }))
  const outcomes = await day([...rush, ...later])
  expect(sentAway(outcomes).length).toBeGreaterThan(0)
  expect(sentAway(outcomes.filter(({ at }) => at >= 4000))).toEqual([])
})

test.each<[string, Asked[]]>([
  ['nine tenths of what can be served', stream(2.2, 10_000, 2)],
  ['an import that holds the server up for three seconds', [{ at: 500, work: 3000 }, ...stream(10, 6000, 2)]],
  ['three long queries at once', [...Array(3).fill({ at: 0, work: 700 }), ...stream(100, 9000, 2)]],
  ['a whole school that signs in at once', Array.from({ length: 400 }, (_, n) => ({ at: n / 10, work: 2 }))],
])('nobody is sent away by %s', async (_what, asked) => {
  expect(sentAway(await day(asked))).toEqual([])
})

const headers = (key: string) => ({ cookie, 'x-school': school.slug, 'idempotency-key': key })
const addRoom = (name: string, key: string) =>
  call(served.url, 'rooms.create', { input: { name }, headers: headers(key) })
const statusOf = async (path: string) => (await fetch(`${served.url}${path}`)).status

test('where the database has no time, calls wait, then some are sent away before anything of them is done', async () => {
  const listener = new Listener({ url: served.url, school: school.slug, cookie })
  await listener.until(() => true)
  served.lines.length = 0
  waiting = 1000
  const keys = Array.from({ length: 5 }, () => newId())
  const writes = keys.map((key, n) => addRoom(`Room ${n}`, key))
  const answers = [...writes, ...Array.from({ length: 75 }, () => call(served.url, 'session.get'))]
  const first = await Promise.race(answers)
  expect(first.status).toBe(503)
  expect(Number(first.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect((await first.clone().json()).error.data).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    error: { code: 'unavailable', reason: 'server.busy' },
  })
  expect(await Promise.all(['/health/live', '/health/ready', '/health/startup'].map(statusOf))).toEqual([200, 200, 200])
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(keys.map(() => 503))
  waiting = 0
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 503]))
  expect(await db.$count(rooms)).toBe(0)
  // The screens send them again, under the same keys.
  for (const [n, key] of keys.entries()) expect((await addRoom(`Room ${n}`, key)).status).toBe(200)
  expect(await db.$count(rooms)).toBe(keys.length)
  // Who listened before goes on hearing.
  const told = await api().rooms.create({ name: 'Room 5' })
  await listener.until(({ entries }) => entries.some(({ id }) => id === told.id))
  await listener.cut()
})

test('that calls were sent away is said once, not by each', () => {
  const lines = served.lines.map((line) => JSON.parse(line))
  expect(lines.filter(({ event }) => event === 'server.overloaded')).toHaveLength(1)
  expect(lines.filter(({ status, level }) => status === 503 && level !== 'debug')).toEqual([])
})
