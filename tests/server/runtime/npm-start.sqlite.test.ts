/** Signals through npm. Once is enough: drain.test.ts stops a server on each database. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../setup/server.ts'
import { startServer } from '../../setup/server.ts'

let server: Running
afterEach(() => server.kill())

async function isAway(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', () => resolve(true))
  })
}

test('a signal to npm start reaches the server, which stops in order', async () => {
  server = await startServer({}, ['npm', 'start', '--silent'])
  server.child.kill('SIGTERM')
  await server.ended
  for (let attempt = 0; !(await isAway()) && attempt < 100; attempt++) await sleep(50)
  expect(await isAway()).toBe(true)
  expect(server.output()).toContain('"stopped"')
})

test('Ctrl-C, which reaches npm and the server at once, stops in order', async () => {
  server = await startServer({}, ['npm', 'start', '--silent'])
  process.kill(-(server.child.pid ?? 0), 'SIGINT')
  await server.ended
  expect(await isAway()).toBe(true)
  expect(server.output()).toContain('"stopped"')
})

test('the second start is ready within two seconds', async () => {
  server = await startServer({}, [process.execPath, 'server/cli/bin.mjs', 'start'])
  await server.stop()
  const begun = performance.now()
  server = await startServer({}, [process.execPath, 'server/cli/bin.mjs', 'start'])
  const took = performance.now() - begun
  await server.stop()
  // An alarm, not the measurement: tests run beside others.
  expect(took).toBeLessThan(6000)
})
