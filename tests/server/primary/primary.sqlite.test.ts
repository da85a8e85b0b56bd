/** What of a start and a reload has nothing to do with the database. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makesCode } from '../../../db/sqlite-driver-name.ts'
import type { Running } from '../../setup/server.ts'
import { call, run, startServer, temporaryFolder } from '../../setup/server.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.done())

const setupLinks = (output: string) => output.match(/^Setup: /gm)?.length ?? 0

/** Resolves when it has `said` how the reload ended. */
async function reload(server: Running, said = '"server.reloaded"'): Promise<void> {
  const times = server.output().split(said).length
  server.child.kill('SIGHUP')
  await server.untilSaid(said, times)
}

test('a reload reads the file that names the database again; one it can not use leaves what serves in place', async () => {
  const named = join(folder.path, 'url')
  writeFileSync(named, `file:${join(folder.path, 'first.db')}`)
  const server = await startServer({ DATABASE_URL_FILE: named })
  writeFileSync(named, 'mysql://nowhere')
  await reload(server, '"the reload failed: the old workers go on"')
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  writeFileSync(named, `file:${join(folder.path, 'second.db')}`)
  await reload(server)
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  expect(await server.stop()).toBe(0)
  expect(readFileSync(join(folder.path, 'second.db')).length).toBeGreaterThan(10_000)
  expect(setupLinks(server.output())).toBe(1)
})

test.each([0, 150, 300, 450, 600, 900])('a signal %i ms into the start ends it cleanly', async (after) => {
  const { child, ended, output } = run(['start'], { PORT: '0', DATABASE_URL: `file:${join(folder.path, 'a.db')}` })
  await new Promise<void>((resolve) => child.once('spawn', resolve))
  // Before its first line of code runs, any program is ended by a signal.
  await sleep(after + 250)
  child.kill('SIGTERM')
  expect([0, 'SIGTERM']).toContain(await ended)
  expect(output()).not.toMatch(/^\s+at /m)
})

test('metrics stand on their own port, merged from all workers', async () => {
  const server = await startServer({ WORKERS: '2', METRICS_PORT: '0' })
  const url = /"metrics":"(http[^"]+)"/.exec(server.output())?.[1]
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const metrics = async () => (await fetch(`${url}/metrics`)).text()
  // A worker that is held up is left out until it answers.
  await expect.poll(metrics).toMatch(/^homeroom_build_info\{.*\} 2$/m)
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  const gauges = [...(await metrics()).matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name)
  expect(gauges).toContain('nodejs_active_handles')
  expect(gauges.filter((name) => name?.endsWith('_total'))).toEqual([])
  for (let n = 0; n < 6; n++) await call(server.url, 'session.get')
  await reload(server)
  const calls = async () => {
    const counted = /^homeroom_procedure_duration_seconds_count\{procedure="session\.get".*\} (\d+)$/m
    return counted.exec(await metrics())?.[1]
  }
  await expect.poll(calls).toBe('6')
  expect(await server.stop()).toBe(0)
})

/** The command lines of the processes that this one has started. */
const startedBy = ({ child }: Running) =>
  execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => Number.parseInt(line, 10) === child.pid)

test('what serves makes no code from text and has no __proto__, whatever started it', async () => {
  const server = await startServer({ DATABASE_URL: `file:${join(folder.path, 'a.db')}`, WORKERS: '2' })
  const workers = startedBy(server)
  expect(workers).toHaveLength(2)
  for (const line of workers) {
    expect(line).toMatch(/ --disable-proto=delete .* worker$/)
    expect(line.includes(' --disallow-code-generation-from-strings ')).toBe(!makesCode)
  }
  expect((await call(server.url, 'session.get')).status).toBe(200)
  expect(await server.stop()).toBe(0)
})
