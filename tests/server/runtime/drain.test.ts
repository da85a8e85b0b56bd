import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../setup/server.ts'
import { startServer } from '../../setup/server.ts'

let server: Running
afterEach(async () => {
  server.child.kill('SIGKILL')
  await server.ended
})

interface Answer {
  status: number | undefined
  connection: string | undefined
}
const get = (path: string, agent: Agent) =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { agent }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection }))
    })
    asked.on('error', reject).end()
  })

/** A call whose body arrives letter by letter: it is under way for as long as `finish` is not called. */
function slowCall() {
  const body = JSON.stringify({ token: 'a-link-that-nobody-made' })
  const { origin, port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  // Cut at the deadline: the test looks at what came before.
  socket.on('error', () => {})
  socket.on('data', (part) => {
    answer += part
  })
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)))
  socket.write(
    `POST /trpc/setup.get HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 3)}`,
  )
  return { ended, finish: () => socket.write(body.slice(3)) }
}

const untilSaid = async (text: string) => {
  while (!server.output().includes(text)) await sleep(5)
}

/** The signal reaches the worker by way of the primary. */
async function untilDraining(): Promise<void> {
  for (let connection: string | undefined = ''; connection !== 'close'; ) {
    const agent = new Agent({ keepAlive: true })
    connection = (await get('/health/live', agent)).connection
    agent.destroy()
  }
}

test('a browser that is connected but asks nothing does not hold up the end', async () => {
  server = await startServer()
  const agent = new Agent({ keepAlive: true })
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'keep-alive' })
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(silent, 'connect')
  silent.on('error', () => {})
  const begun = Date.now()
  expect(await server.stop()).toBe(0)
  expect(Date.now() - begun).toBeLessThan(3000)
  agent.destroy()
  silent.destroy()
})

test('what is asked on an open connection after the signal is still answered, and told to be the last', async () => {
  server = await startServer({ DRAIN_DELAY_MS: '500' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'keep-alive' })
  server.child.kill('SIGTERM')
  await untilDraining()
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'close' })
  expect(await server.ended).toBe(0)
  agent.destroy()
})

test('a request under way is finished and answered before the server ends', async () => {
  server = await startServer()
  const slow = slowCall()
  await sleep(200)
  server.child.kill('SIGTERM')
  await untilSaid('"stopping"')
  await sleep(1000)
  slow.finish()
  const answer = await slow.ended
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  expect(answer).toMatch(/^connection: close/im)
  expect(answer).toContain('link.expired')
  expect(await server.ended).toBe(0)
})

test('from the signal on, a load balancer is told to send nothing more, while everything is served', async () => {
  server = await startServer({ DRAIN_DELAY_MS: '1500' })
  server.child.kill('SIGTERM')
  await untilDraining()
  const agent = new Agent({ keepAlive: true })
  expect(await get('/health/ready', agent)).toEqual({ status: 503, connection: 'close' })
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'close' })
  expect(await server.ended).toBe(0)
})

test('what is still open at the deadline is cut and named', async () => {
  server = await startServer({ DRAIN_DEADLINE_MS: '800' })
  slowCall()
  await sleep(200)
  expect(await server.stop()).toBe(1)
  expect(server.output()).toMatch(/"cut":\[\{"method":"POST","path":"\/trpc\/setup.get","age_ms":\d+\}\]/)
})

test('a signal that arrives twice at once counts once; again later it ends the server at once', async () => {
  server = await startServer()
  const slow = slowCall()
  await sleep(200)
  server.child.kill('SIGINT')
  server.child.kill('SIGTERM')
  await sleep(900)
  expect(server.child.exitCode).toBe(null)
  const begun = Date.now()
  server.child.kill('SIGINT')
  expect(await server.ended).toBe(1)
  expect(Date.now() - begun).toBeLessThan(500)
  await slow.ended
})
