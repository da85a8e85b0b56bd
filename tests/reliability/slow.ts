/** Connections that take their time, to hold what others need. */
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { send } from '../setup/rubbish.ts'
import type { Row, Size } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { statusOf } from './site.ts'

/** In s: what server/runtime/http-server.ts grants, the interval at which it looks, and a moment on a busy machine. */
const headLimit = 15 + 5 + 10
const bodyLimit = 120 + 5 + 10
/** In ms. */
const drip = 3000

/** `count` connections that send `first`, then a byte now and then; `open` are those the server has not ended. */
function dripping(port: number, count: number, first: string) {
  const open = new Set<Socket>()
  for (let n = 0; n < count; n++) {
    const socket = connect(port, '127.0.0.1', () => socket.write(first))
    open.add(socket)
    const timer = setInterval(() => socket.write('x'), drip)
    socket.resume().on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      open.delete(socket)
    })
  }
  const end = () => {
    for (const socket of open) socket.destroy()
  }
  return { open, end }
}

const head = 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '
const bodyOf = ({ url }: Instance, cookie: string) =>
  `POST /trpc/session.get HTTP/1.1\r\nHost: ${new URL(url).host}\r\nOrigin: ${url}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`

/** How others fare meanwhile, and after how many s the last was ended. */
async function outlasted(server: Instance, slow: ReturnType<typeof dripping>, limit: number) {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  const statuses = new Set<number>()
  for (; slow.open.size && seconds() <= limit; await sleep(500))
    for (const path of ['/health/ready', '/']) statuses.add(await statusOf(`${server.url}${path}`))
  const left = slow.open.size
  slow.end()
  return { statuses: [...statuses].join(', '), after: seconds(), left }
}

async function outlastedRow(server: Instance, test: string, count: number, first: string, limit: number): Promise<Row> {
  const { statuses, after, left } = await outlasted(server, dripping(server.port, count, first), limit)
  return {
    test,
    load: `${count} connections, a byte every ${drip / 1000} s`,
    figure: `others ${statuses}; ${left} left after ${after} s`,
    limit: `others 200; 0 after ${limit} s`,
    ok: statuses === '200' && left === 0,
  }
}

async function drainRow(site: Site): Promise<Row> {
  const server = await site.start()
  const slow = dripping(server.port, 100, head)
  await sleep(2 * drip)
  const began = performance.now()
  const code = await server.stop()
  const after = Math.round((performance.now() - began) / 1000)
  slow.end()
  return {
    test: 'R9 slow heads while the server stops',
    load: '100 connections',
    figure: `exit ${code} after ${after} s`,
    limit: 'exit 0 before the deadline of 25 s',
    ok: code === 0 && after < 25,
  }
}

async function hugeRow(server: Instance): Promise<Row> {
  const huge = Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`)
  const replies = await Promise.all(Array.from({ length: 200 }, () => send(server.port, huge)))
  const refused = replies.filter(({ statuses, hangs }) => !hangs && statuses.join() === '431').length
  // Where the rest is still on its way when the server hangs up, the connection's reset can outrun the answer.
  const others = replies.filter(({ statuses, hangs }) => hangs || (statuses.length && statuses.join() !== '431')).length
  return {
    test: 'R9 huge headers',
    load: '200 requests with a header of 200 kB',
    figure: `${refused} x 431, ${others} otherwise; then ${await statusOf(`${server.url}/health/ready`)}`,
    limit: '431, or hung up on',
    ok: refused > 0 && others === 0 && (await statusOf(`${server.url}/health/ready`)) === 200,
  }
}

/** Slow heads and bodies, and huge heads. */
export async function slowRows(site: Site, size: Size): Promise<Row[]> {
  const server = await site.start()
  const body = bodyOf(server, site.people[0]?.cookie ?? '')
  const rows = [await hugeRow(server), await outlastedRow(server, 'R9 slow heads', 500, head, headLimit)]
  if (size === 'whole') rows.push(await outlastedRow(server, 'R9 slow bodies', 200, body, bodyLimit))
  await server.stop()
  if (size === 'whole') rows.push(await drainRow(site))
  return rows
}
