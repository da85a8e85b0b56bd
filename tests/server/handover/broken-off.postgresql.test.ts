/** Signals and crashes at each state of a move: people go on working, and the move can go on. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { on } from '../../db/move/query.ts'
import type { Visit } from '../../setup/over-http.ts'
import { visit } from '../../setup/over-http.ts'
import type { Running } from '../../setup/server.ts'
import { isShort } from '../../thorough.ts'
import type { MovingSite } from './site.ts'
import { email, movingSite, password, school } from './site.ts'
import { signIn } from './teacher.ts'

/** Ends at other moments: the check has those behind the fence. */
const inFull = test.skipIf(isShort)

let site: MovingSite
let server: Running
let ada: Visit
let cookieOf: Promise<string>
beforeEach(async () => {
  site = await movingSite()
  server = await site.start({ DRAIN_DEADLINE_MS: '30000' })
  cookieOf = signIn(server.url, { email, password })
  ada = await visit(server.url, { email, password }, school)
})
afterEach(() => site.done())

const save = async (name: string) => {
  const { status, reason } = await ada.ask('rooms.create', { name })
  return reason ?? status
}
const roomsThere = async () =>
  (await on<{ name: string }>(site.url, 'select name from rooms order by name')).map(({ name }) => name)

/** A connection that `fetch` keeps may lead to a worker that has just died. */
async function saveOnNewConnection(name: string): Promise<number | undefined> {
  const cookie = await cookieOf
  const own = { cookie, origin: server.url, 'x-school': school, 'idempotency-key': newId() }
  const headers = { ...own, 'content-type': 'application/json' }
  const asking = request(`${server.url}/trpc/rooms.create`, { method: 'POST', headers, agent: false })
  asking.end(JSON.stringify({ name }))
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return answer.resume().statusCode
}

interface Process {
  pid: number
  args: string
}
/** The workers, and whether each waits at the target. */
async function workers(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,args=', '--ppid', String(server.child.pid)])
  return stdout
    .trim()
    .split('\n')
    .map((line) => ({ pid: Number.parseInt(line, 10), args: line }))
    .filter(({ args }) => / worker( --ahead)?$/.test(args))
}
const ahead = async () => (await workers()).filter(({ args }) => args.endsWith('--ahead')).map(({ pid }) => pid)
const onFile = async () => (await workers()).filter(({ args }) => !args.endsWith('--ahead')).map(({ pid }) => pid)

inFull('a worker that stands ready and dies is replaced, and the mover waits for it', async () => {
  await site.mover.begin('compared', 'fenced')
  await site.mover.at('compared')
  await expect.poll(site.mover.ready).toBe(1)
  const [first = 0] = await ahead()
  process.kill(first, 'SIGKILL')
  await expect.poll(async () => (await ahead()).filter((pid) => pid !== first)).toHaveLength(1)
  await expect.poll(site.mover.ready).toBe(1)
  site.mover.pass('compared', 'fenced')
  await site.mover.done()
  expect(await save('there')).toBe(200)
  expect(await roomsThere()).toEqual(['there'])
  expect(await server.stop()).toBe(0)
})

test('a worker on the file that dies behind the fence is replaced, and its server hands over all the same', async () => {
  await site.mover.begin('compared', 'fenced')
  await site.mover.at('compared')
  await expect.poll(site.mover.ready).toBe(1)
  site.mover.pass('compared')
  await site.mover.at('fenced')
  const [died = 0] = await onFile()
  process.kill(died, 'SIGKILL')
  await expect.poll(onFile).not.toContain(died)
  const saved = saveOnNewConnection('held')
  site.mover.pass('fenced')
  expect(await saved, server.output()).toBe(200)
  await site.mover.done()
  expect(await roomsThere()).toEqual(['held'])
  expect(await server.stop()).toBe(0)
})

test('a mover that dies behind the fence: what waits is saved in the file, and the next mover goes on', async () => {
  await site.mover.begin('fenced')
  await site.mover.at('fenced')
  const held = save('held')
  await site.mover.kill()
  expect(await held).toBe(200)
  expect(site.mover.state()).toBe('copying')
  await site.mover.begin()
  await site.mover.done()
  expect(await save('there')).toBe(200)
  expect(await roomsThere()).toEqual(['held', 'there'])
})

inFull('a mover that dies once PostgreSQL is the register: what waits is saved there', async () => {
  await site.mover.begin('active')
  await site.mover.at('active')
  expect(site.mover.state()).toBe('deciding')
  const held = save('held')
  await site.mover.kill()
  expect(await held).toBe(200)
  expect(site.mover.state()).toBe('moved')
  expect(await roomsThere()).toEqual(['held'])
})

test('a server that stops behind the fence answers what it holds first', async () => {
  await site.mover.begin('compared', 'fenced')
  await site.mover.at('compared')
  await expect.poll(site.mover.ready).toBe(1)
  site.mover.pass('compared')
  await site.mover.at('fenced')
  const held = save('held')
  await expect.poll(async () => (await fetch(`${server.url}/health/live`)).status).toBe(200)
  server.child.kill('SIGTERM')
  await server.untilSaid('"server.stopping"')
  site.mover.pass('fenced')
  expect(await held).toBe(200)
  expect(await server.ended).toBe(0)
  await site.mover.done()
  expect(await roomsThere()).toEqual(['held'])
})

inFull('a reload while the register is copied renews those that stand ready too', async () => {
  await site.mover.begin('compared')
  await site.mover.at('compared')
  await expect.poll(site.mover.ready).toBe(1)
  const before = await ahead()
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"')
  await expect.poll(async () => (await ahead()).filter((pid) => !before.includes(pid))).toHaveLength(1)
  site.mover.pass('compared')
  await site.mover.done()
  expect(await save('there')).toBe(200)
  expect(await roomsThere()).toEqual(['there'])
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"', 2)
  expect(await save('again')).toBe(200)
  expect(await roomsThere()).toEqual(['again', 'there'])
  expect(await server.stop()).toBe(0)
})
