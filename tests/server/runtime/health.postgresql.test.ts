/** A file has no connection that could fall silent. */
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep, setImmediate as turnOfLoop } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openPostgres } from '../../../db/postgres/database.ts'
import { createReadiness } from '../../../server/runtime/health.ts'
import { startServer } from '../../setup/server.ts'

/** Stands between a server and its database; while paused, nothing comes through, as when a switch has failed. */
async function stallable(url: URL) {
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(Number(url.port), url.hostname)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    port: (proxy.address() as { port: number }).port,
    pause: () => sockets.forEach((socket) => void socket.pause().unpipe()),
    /** The silent connections are gone; new ones come through. */
    mend: () => sockets.forEach((socket) => void socket.destroy()),
    close: () => void proxy.close(),
  }
}

test('within about a second of its database falling silent a server is not ready, and ready again after', async () => {
  const url = process.env.DATABASE_URL ?? ''
  const between = await stallable(new URL(url))
  const server = await startServer({ DATABASE_URL: url.replace(/:\d+\//, `:${between.port}/`) })
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  between.pause()
  const begun = performance.now()
  const second = sleep(1_000).then(() => performance.now() - begun)
  const answers = await Promise.all([1, 2, 3].map(() => fetch(`${server.url}/health/ready`)))
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
  const ratio = (performance.now() - begun) / (await second)
  expect(ratio).toBeGreaterThan(0.8)
  expect(ratio).toBeLessThan(2.5)
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  between.mend()
  while ((await fetch(`${server.url}/health/ready`)).status !== 200) await sleep(50)
  between.close()
  await server.kill()
})

test('a server whose connections are all busy is ready: others would be no better off', async () => {
  const db = await openPostgres(process.env.DATABASE_URL ?? '', { min: 1, max: 2 })
  const isReady = createReadiness(db)
  expect(await isReady()).toBe(true)
  const slow = Array.from({ length: 6 }, () => db.rows(sql`select pg_sleep(1.2)`))
  expect(await isReady()).toBe(true)
  expect(db.waiting()).toBeGreaterThan(0)
  await Promise.all(slow)
  await db.close()
})

test('a server that was held up itself does not say that its database is away', async () => {
  const db = await openPostgres(process.env.DATABASE_URL ?? '', { min: 1, max: 2 })
  const isReady = createReadiness(db)
  expect(await isReady()).toBe(true)
  const answer = isReady()
  // The driver sends what is asked in the next turn.
  await turnOfLoop()
  await turnOfLoop()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_200)
  expect(await answer).toBe(true)
  await db.close()
})
