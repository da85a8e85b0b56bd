import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../setup/server.ts'
import { call, startServer } from '../../setup/server.ts'

let server: Running
afterEach(() => server.kill())

/** The processes that serve. */
function workers(): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(server.child.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number)
  } catch {
    return []
  }
}
const isAlive = async () => (await fetch(`${server.url}/health/live`)).status === 200
const asked = () => call(server.url, 'setup.get', { input: { token: 'a-link-that-nobody-made' } })

const get = (agent: Agent) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${server.url}/health/ready`, { agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    sent.on('error', reject).end()
  })

test('a reload puts new workers in place of the old, and nobody who asks all the while is refused', async () => {
  server = await startServer({ WORKERS: '2' })
  const before = workers()
  expect(before).toHaveLength(2)
  const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  let isOver = false
  const asking = agents.map(async (agent) => {
    const statuses = new Set<number | undefined>()
    while (!isOver) statuses.add(await get(agent))
    agent.destroy()
    return [...statuses]
  })
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"')
  while (workers().some((pid) => before.includes(pid))) await sleep(20)
  isOver = true
  expect(await Promise.all(asking)).toEqual(agents.map(() => [200]))
  expect(workers(), server.output()).toHaveLength(2)
  expect(await server.stop()).toBe(0)
})

test('a worker that hangs when it is to make room is killed', async () => {
  const hanger = "import{writeSync}from'node:fs';process.on('SIGUSR2',()=>{writeSync(1,'hanging\\n');for(;;);})"
  server = await startServer({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hanger)}`,
    DRAIN_DEADLINE_MS: '1000',
    DRAIN_LINGER_MS: '0',
  })
  const [worker = 0] = workers()
  process.kill(worker, 'SIGUSR2')
  await server.untilSaid('hanging')
  server.child.kill('SIGHUP')
  await server.untilSaid('"server.reloaded"')
  while (workers().includes(worker)) await sleep(20)
  expect(await isAlive()).toBe(true)
  expect(await server.stop()).toBe(0)
})

test('a worker that is killed is replaced, and who comes meanwhile waits instead of being refused', async () => {
  server = await startServer()
  const [worker = 0] = workers()
  process.kill(worker, 'SIGKILL')
  while (workers().includes(worker)) await sleep(2)
  expect((await asked()).status).toBe(404)
  expect(server.output()).toMatch(/"worker":\d+,"end":"SIGKILL","msg":"a worker ended: the primary starts another"/)
  expect(workers()).not.toContain(worker)
  expect(await server.stop()).toBe(0)
})

test('a failure nobody foresaw ends one worker in order: it answers what it has, and another takes its place', async () => {
  const thrower = "process.on('SIGUSR2',()=>{throw new TypeError('nobody foresaw this')})"
  server = await startServer({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(thrower)}` })
  const [worker = 0] = workers()
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
  expect(workers()).toContain(worker)
  slow.write(body.slice(3))
  await once(slow, 'close')
  expect((await asked()).status).toBe(404)
  while (workers().includes(worker)) await sleep(10)
  expect(answer).toMatch(/^HTTP\/1\.1 404 .*connection: close/ims)
  expect(await server.stop()).toBe(0)
})

test('a worker whose primary is gone finishes what it has, and ends', async () => {
  server = await startServer()
  const [worker = 0] = workers()
  server.child.kill('SIGKILL')
  await server.untilSaid('"the primary is gone: the worker finishes what is under way"')
  const isGone = () => {
    try {
      process.kill(worker, 0)
      return false
    } catch {
      return true
    }
  }
  while (!isGone()) await sleep(20)
})
