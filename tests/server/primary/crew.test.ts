import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../setup/server.ts'
import { call, startServer } from '../../setup/server.ts'

let server: Running
afterEach(() => server.kill())

/** The processes that serve. Who asks meanwhile is not held up. */
const workers = (): Promise<number[]> =>
  promisify(execFile)('pgrep', ['-P', String(server.child.pid)]).then(
    ({ stdout }) => stdout.trim().split('\n').map(Number),
    () => [],
  )
const isAlive = async () => (await fetch(`${server.url}/health/live`)).status === 200
const asked = () => call(server.url, 'setup.get', { input: { token: 'a-link-that-nobody-made' } })

/** What the answer says of the server. */
async function statusAt(path: string, agent: Agent): Promise<string> {
  const [answer] = (await once(request(`${server.url}${path}`, { agent }).end(), 'response')) as [IncomingMessage]
  return ((await json(answer)) as { status: string }).status
}

/** In ms. What ends earlier does so for another reason. */
const never = '600000'

test('a reload puts new workers in place of the old, and nobody who asks all the while is refused', async () => {
  server = await startServer({ WORKERS: '2', DRAIN_LINGER_MS: never, DRAIN_DEADLINE_MS: never })
  const before = await workers()
  expect(before).toHaveLength(2)
  const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  let isOver = false
  const asking = agents.map(async (agent, index) => {
    const said = new Set<string>()
    while (!isOver) said.add(await statusAt(index % 2 ? '/health/live' : '/health/ready', agent))
    agent.destroy()
    return [...said]
  })
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"')
  while ((await workers()).some((pid) => before.includes(pid))) await sleep(20)
  isOver = true
  const said = new Set((await Promise.all(asking)).flat())
  expect([...said].toSorted()).toEqual(['live', 'ready'])
  expect(await workers(), server.output()).toHaveLength(2)
  expect(await server.stop()).toBe(0)
})

test('a worker that hangs when it is to make room is killed', async () => {
  const hanger = "import{writeSync}from'node:fs';process.on('SIGUSR2',()=>{writeSync(1,'hanging\\n');for(;;);})"
  server = await startServer({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hanger)}`,
    DRAIN_DEADLINE_MS: '1000',
    DRAIN_LINGER_MS: '0',
  })
  const [worker = 0] = await workers()
  process.kill(worker, 'SIGUSR2')
  await server.untilSaid('hanging')
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"')
  while ((await workers()).includes(worker)) await sleep(20)
  expect(await isAlive()).toBe(true)
  expect(await server.stop()).toBe(0)
})

test('a worker that is killed is replaced, and who comes meanwhile waits instead of being refused', async () => {
  server = await startServer()
  const [worker = 0] = await workers()
  process.kill(worker, 'SIGKILL')
  while ((await workers()).includes(worker)) await sleep(2)
  expect((await asked()).status).toBe(404)
  expect(server.output()).toMatch(/"worker":\d+,"end":"SIGKILL","msg":"a worker ended: the primary starts another"/)
  expect(await workers()).not.toContain(worker)
  expect(await server.stop()).toBe(0)
})

test('a failure nobody foresaw ends one worker in order: it answers what it has, and another takes its place', async () => {
  const thrower = "process.on('SIGUSR2',()=>{throw new TypeError('nobody foresaw this')})"
  server = await startServer({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(thrower)}` })
  const [worker = 0] = await workers()
  const { port, host, origin } = new URL(server.url)
  const body = JSON.stringify({ token: 'a-link-that-nobody-made' })
  const slow = connect(Number(port), '127.0.0.1')
  let answer = ''
  slow.on('data', (part) => {
    answer += part
  })
  slow.write(
    `POST /trpc/setup.get HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body.slice(0, 3)}`,
  )
  await once(slow, 'data')
  process.kill(worker, 'SIGUSR2')
  await server.untilSaid('"nobody foresaw this"')
  // It is replaced while it still has something to answer.
  await server.untilSaid('"a worker ended: the primary starts another"')
  expect(await workers()).toContain(worker)
  slow.write(body.slice(3))
  await once(slow, 'close')
  expect((await asked()).status).toBe(404)
  while ((await workers()).includes(worker)) await sleep(10)
  expect(answer).toMatch(/^HTTP\/1\.1 404 .*connection: close/ims)
  expect(await server.stop()).toBe(0)
})

test('a worker whose primary is gone finishes what it has, and ends', async () => {
  server = await startServer()
  server.child.kill('SIGKILL')
  await server.untilSaid('"the primary is gone: the worker finishes what is under way"')
  // It writes where its primary did, and an init that collects nobody keeps its process id for ever.
  expect(await server.ended).toBe('SIGKILL')
})
