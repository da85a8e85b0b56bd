/** A whole move under a school's work: two servers on one file, one with three workers, and nobody notices. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { on } from '../../db/move/query.ts'
import { Stream } from '../../reliability/streams.ts'
import type { Running } from '../../setup/server.ts'
import { cases } from '../../thorough.ts'
import type { MovingSite } from './site.ts'
import { email, movingSite, password, school } from './site.ts'
import { signIn, Teacher } from './teacher.ts'

let site: MovingSite
let servers: Running[]
let teachers: Teacher[]
let streams: Stream[]
beforeAll(async () => {
  site = await movingSite()
  const settings = { WRITES_PER_MINUTE: '1000000', DRAIN_LINGER_MS: '1000', LOG_LEVEL: 'warn' }
  servers = await Promise.all(['3', '1'].map((WORKERS) => site.start({ ...settings, WORKERS })))
  const cookie = await signIn(servers[0]?.url ?? '', { email, password })
  const ways = servers.map(({ url }) => ({ url, school, cookie }))
  teachers = ways.flatMap((way) => ['a', 'b', 'c', 'd'].map((name) => new Teacher(`${way.url} ${name}`, way)))
  streams = ways.map((way) => new Stream({ ...way, url: new URL(way.url), attempted: () => undefined }))
})
afterAll(() => site.done())

/** In ms, before and after. */
const workFor = cases(1_500, 10_000)
const saved = () => teachers.flatMap(({ keys }) => keys)

/** Answers how long the move took, in s, and the keys that every stream must have heard of. */
async function moveUnderWork(): Promise<{ seconds: number; told: string[] }> {
  const listening = streams.map((stream) => stream.run())
  const working = teachers.map((teacher) => teacher.work())
  // A stream hears its first number when something is saved.
  while (!streams.every((stream) => stream.hasBegun)) await sleep(20)
  const before = new Set(saved())
  await sleep(workFor)
  const began = performance.now()
  await site.mover.begin()
  await site.mover.done()
  const seconds = (performance.now() - began) / 1000
  await sleep(workFor)
  for (const teacher of teachers) teacher.stop()
  await Promise.all(working)
  // What was under way when a stream began may have been saved before its first number.
  const told = teachers.flatMap(({ keys }) => keys.filter((key) => !before.has(key)).slice(1))
  for (const stream of streams) while (told.some((key) => !stream.heard.has(key)) && !stream.resyncs) await sleep(50)
  for (const stream of streams) stream.end()
  await Promise.all(listening)
  return { seconds, told }
}

/** Not asserted: they depend on what else the machine does. */
function figures(seconds: number): object {
  const times = teachers.flatMap(({ took }) => took).toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0)
  const longest = teachers.map(({ took }) => Math.round(Math.max(...took)))
  return { saved: times.length, seconds, p50_ms: at(0.5), p99_ms: at(0.99), longest_of_each_ms: longest }
}

test('people save all the while: nobody sees an error, and nothing is lost, done twice, or shown as it was', async () => {
  const { seconds, told } = await moveUnderWork()
  expect(teachers.flatMap(({ errors }) => errors)).toEqual([])
  expect(teachers.map(({ stale }) => stale)).toEqual(teachers.map(() => 0))
  expect(told.length).toBeGreaterThan(0)
  const unheard = streams.map((stream) => told.filter((key) => !stream.heard.has(key)).length)
  expect(unheard).toEqual([0, 0])
  for (const { doubled, returns, resyncs } of streams) expect({ doubled, returns, resyncs }).toEqual(wholeStream)

  const there = await on<{ id: string }>(site.url, `select id from operations where procedure = 'rooms.create'`)
  const ids = new Set(there.map(({ id }) => id))
  expect(saved().filter((key) => !ids.has(key))).toEqual([])
  const doubled = await on(site.url, 'select name from rooms group by name having count(*) > 1')
  expect(doubled).toEqual([])

  console.log(JSON.stringify(figures(seconds)))
  for (const server of servers) expect(await server.stop()).toBe(0)
  for (const server of servers) expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
})
const wholeStream = { doubled: 0, returns: 0, resyncs: 0 }
