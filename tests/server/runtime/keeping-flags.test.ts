/** Three servers of one register: a change of a flag reaches all of them, and no request sees two sides. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { flagSides } from '../../../db/schema/index.ts'
import type { SetFlagInput } from '../../../server/flags/input.ts'
import { changeFlag } from '../../../server/flags/set.ts'
import { Listener, signedIn } from '../../setup/listener.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Running } from '../../setup/server.ts'
import { startServer } from '../../setup/server.ts'

const school = await makeSchool('Flags')
const person = await makePerson(school, 'registrar')
const servers: Running[] = []
let cookie = ''
/** So many asks in one request. */
const asks = 10

beforeAll(async () => {
  cookie = (await signedIn(person)).cookie
  servers.push(...(await Promise.all([1, 2, 3].map(() => startServer({ DRAIN_LINGER_MS: '100' })))))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()))
  await db.close()
})

const change = (given: Omit<SetFlagInput, 'key' | 'version'>) =>
  changeFlag(
    db,
    { id: newId(), procedure: 'flags.set', inputHash: newId(), way: 'cli', actorId: null, at: new Date() },
    { key: 'presences', ...given },
  )

/** What each ask of one request was served. */
async function served({ url }: Running): Promise<boolean[]> {
  const response = await fetch(`${url}/trpc/${Array(asks).fill('session.get').join(',')}?batch=1`, {
    method: 'POST',
    headers: { origin: new URL(url).origin, 'content-type': 'application/json', cookie },
    body: '{}',
  })
  const answers = (await response.json()) as {
    result: { data: { person: { schools: { flags: { presences: boolean } }[] } } }
  }[]
  return answers.map(({ result }) => result.data.person.schools[0]?.flags.presences ?? false)
}

test('under load each server follows, within a second where the machine lets it, and no request sees two sides', async () => {
  const seen: { server: number; at: number; end: number; sides: boolean[] }[] = []
  let isOver = false
  const ask = async (server: Running, index: number) => {
    while (!isOver) {
      const at = performance.now()
      const sides = await served(server)
      seen.push({ server: index, at, end: performance.now(), sides })
    }
  }
  const load = servers.flatMap((server, index) => [ask(server, index), ask(server, index)])
  const took: number[] = []
  for (const isOn of [false, true, false, true, false]) {
    await change({ mode: isOn ? 'rules' : 'off', percent: 100 })
    const changed = performance.now()
    const firstOf = (server: number) =>
      seen.find((one) => one.server === server && one.at > changed && one.sides[0] === isOn)?.end
    await expect.poll(() => [...servers.keys()].every((server) => firstOf(server) !== undefined)).toBe(true)
    const firsts = [...servers.keys()].map((server) => firstOf(server) ?? Number.POSITIVE_INFINITY)
    took.push(Math.max(...firsts) - changed)
    // Each server goes over once: what it is asked after that has the new side.
    const asked = seen.length
    await expect.poll(() => seen.length).toBeGreaterThan(asked + servers.length)
    const back = seen.filter((one) => one.at > (firsts[one.server] ?? 0) && one.sides[0] !== isOn)
    expect(back).toEqual([])
  }
  isOver = true
  await Promise.all(load)
  expect(seen.filter(({ sides }) => sides.length !== asks || new Set(sides).size !== 1)).toEqual([])
  expect(Math.min(...took), `in ms: ${took.map(Math.round).join(', ')}`).toBeLessThan(1_000)
})

test('the streams of all servers tell of it', async () => {
  const listeners = servers.map(({ url }) => new Listener({ url, school: school.slug, cookie }))
  const versions = () => listeners.map(({ news }) => news.at(-1)?.flags ?? 0)
  await expect.poll(() => listeners.every(({ news }) => news.length > 0)).toBe(true)
  const before = Math.max(...versions())
  await change({ mode: 'default' })
  await expect.poll(versions).toEqual(servers.map(() => before + 1))
  await Promise.all(listeners.map((listener) => listener.cut()))
})

test('how the sides of all servers went is in the register once they have stopped', async () => {
  const { cookie: administrator } = await signedIn(await makePerson(school, 'administrator'))
  const ask = async ({ url }: Running) => {
    const headers = { origin: new URL(url).origin, 'content-type': 'application/json', cookie: administrator }
    const answer = await fetch(`${url}/trpc/system.get`, {
      method: 'POST',
      headers: { ...headers, 'x-school': school.slug },
      body: '{}',
    })
    expect(answer.status).toBe(200)
  }
  for (const server of servers) for (let call = 0; call < 4; call++) await ask(server)
  await Promise.all(servers.map((server) => server.stop()))
  const rows = await db.select().from(flagSides)
  const ofMove = rows.filter(({ key }) => key === 'move-page')
  expect(ofMove.reduce((sum, { calls }) => sum + calls, 0)).toBe(12)
  expect(ofMove.every(({ isOn, failed }) => isOn && failed === 0)).toBe(true)
})
