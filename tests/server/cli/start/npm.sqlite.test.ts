/** Signals through npm. Once is enough: drain.test.ts stops a server on each database. */
import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { Running } from '../../../setup/server.ts'
import { bareShell, startServer } from '../../../setup/server.ts'

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

test.each([
  ['the system’s shell', {}],
  ['a shell that knows no exec and passes no signal on', { npm_config_script_shell: bareShell }],
])('a signal to npm start reaches the server, which stops in order, through %s', async (_what, env) => {
  server = await startServer(env, ['npm', 'start', '--silent'])
  server.child.kill('SIGTERM')
  await server.ended
  while (!(await isAway())) await sleep(50)
  expect(server.output()).toContain('"server.stopped"')
})

test('Ctrl-C, which reaches npm and the server at once, stops in order', async () => {
  server = await startServer({}, ['npm', 'start', '--silent'])
  process.kill(-(server.child.pid ?? 0), 'SIGINT')
  await server.ended
  expect(await isAway()).toBe(true)
  expect(server.output()).toContain('"server.stopped"')
})

async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

test('the second start is ready within two seconds, in which a machine at rest starts Node fifty times', async () => {
  server = await startServer({}, [process.execPath, 'server/cli/bin.mjs', 'start'])
  await server.stop()
  const bare = () => timed(() => promisify(execFile)(process.execPath, ['--eval', '0']))
  const before = await bare()
  const took = await timed(async () => {
    server = await startServer({}, [process.execPath, 'server/cli/bin.mjs', 'start'])
  })
  const after = await bare()
  await server.stop()
  // An alarm, not the measurement: tests run beside others, which start and end.
  expect(took / ((before + after) / 2)).toBeLessThan(150)
})
