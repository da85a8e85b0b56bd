import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../setup/server.ts'
import { startServer } from '../../setup/server.ts'

let server: Running
afterEach(() => server.kill())

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

/** A call that the server has, and that is under way for as long as `finish` is not called: the rest of its body is missing. */
async function slowCall() {
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
    `POST /trpc/setup.get HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body.slice(0, 3)}`,
  )
  // The server says "100 Continue" when it has the head.
  await once(socket, 'data')
  return { ended, finish: () => socket.write(body.slice(3)) }
}

/** A connection on which nothing is asked; `answer` is what the server says on it until it closes it. */
async function silent() {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let said = ''
  socket.on('error', () => {})
  socket.on('data', (part) => {
    said += part
  })
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  return { closed, answer: () => said }
}

/** The first answer that is told to be the last of its connection: the signal reaches the worker by way of the primary. */
async function lastAnswer(path: string, agentOf: () => Agent): Promise<Answer> {
  for (;;) {
    const answer = await get(path, agentOf())
    if (answer.connection === 'close') return answer
    expect(answer).toEqual({ status: 200, connection: 'keep-alive' })
  }
}

/** Longer than any test: what ends earlier does so for another reason. */
const never = '600000'

test('a browser that is connected but asks nothing does not hold up the end', async () => {
  // Node closes the one connection after 15 s with a word, the other after 75 s.
  server = await startServer({ DRAIN_DEADLINE_MS: '60000' })
  const agent = new Agent({ keepAlive: true })
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'keep-alive' })
  const unused = await silent()
  expect(await server.stop()).toBe(0)
  await unused.closed
  expect(unused.answer()).toBe('')
  agent.destroy()
})

test('what is asked on an open connection after the signal is still answered, and told to be the last', async () => {
  const delay = 500
  server = await startServer({ DRAIN_DELAY_MS: String(delay), DRAIN_LINGER_MS: never, DRAIN_DEADLINE_MS: never })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  expect(await get('/health/live', agent)).toEqual({ status: 200, connection: 'keep-alive' })
  const begun = performance.now()
  server.child.kill('SIGTERM')
  expect(await lastAnswer('/health/live', () => agent)).toEqual({ status: 200, connection: 'close' })
  expect(await server.ended).toBe(0)
  expect(performance.now() - begun).toBeGreaterThan(delay)
  agent.destroy()
})

test('a request under way is finished and answered before the server ends', async () => {
  server = await startServer({ DRAIN_LINGER_MS: '0', DRAIN_DEADLINE_MS: never })
  const slow = await slowCall()
  const idle = await silent()
  server.child.kill('SIGTERM')
  await idle.closed
  slow.finish()
  const answer = await slow.ended
  expect(answer).toMatch(/^HTTP\/1\.1 404 /m)
  expect(answer).toMatch(/^connection: close/im)
  expect(answer).toContain('link.expired')
  expect(await server.ended).toBe(0)
})

test('from the signal on, a load balancer is told to send nothing more, while everything is served', async () => {
  server = await startServer({ DRAIN_DELAY_MS: '590000', DRAIN_DEADLINE_MS: never })
  server.child.kill('SIGTERM')
  const another = () => new Agent()
  await lastAnswer('/health/live', () => new Agent({ keepAlive: true }))
  expect(await get('/health/ready', another())).toEqual({ status: 503, connection: 'close' })
  expect(await get('/health/live', another())).toEqual({ status: 200, connection: 'close' })
  expect(server.child.exitCode).toBe(null)
})

test('what is still open at the deadline is cut and named', async () => {
  server = await startServer({ DRAIN_DEADLINE_MS: '800' })
  await slowCall()
  expect(await server.stop()).toBe(1)
  expect(server.output()).toMatch(/"cut":\[\{"method":"POST","path":"\/trpc\/setup.get","age_ms":\d+\}\]/)
})

test('a signal that arrives twice at once counts once; again later it ends the server at once', async () => {
  server = await startServer({ DRAIN_DEADLINE_MS: never })
  const slow = await slowCall()
  // Held up, so that it finds both.
  for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) server.child.kill(signal)
  await server.untilSaid('"server.stopping"')
  await sleep(900)
  expect(server.child.exitCode).toBe(null)
  server.child.kill('SIGINT')
  expect(await server.ended).toBe(1)
  expect(server.output()).toContain('"server.stopping_at_once"')
  expect(server.output()).not.toContain('the deadline has come')
  await slow.ended
})
