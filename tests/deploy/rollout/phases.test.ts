/** The way of a rollout through its phases, at a place that only notes what is asked of it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Backend, Figures, Target } from '../../../deploy/rollout/backend.ts'
import { RolloutError } from '../../../deploy/rollout/backend.ts'
import type { Site } from '../../../deploy/rollout/phases.ts'
import { goOn } from '../../../deploy/rollout/phases.ts'
import { parseSettings } from '../../../deploy/rollout/settings.ts'
import type { Phase, State } from '../../../deploy/rollout/state.ts'
import { phases, readState } from '../../../deploy/rollout/state.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const missing = new Set<string>()
const pages = createServer(({ url = '' }, response) => {
  if (url === '/') return void response.end('<script src="/assets/main-1.js"></script>')
  response.writeHead(missing.has(url) ? 404 : 200).end()
})
let address = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
})
afterAll(() => {
  pages.close()
  folder.done()
})

const blue: Target = { colour: 'blue', release: '0.1.0', id: 'r1' }
const green: Target = { colour: 'green', release: '0.2.0', id: 'r2' }
const settings = parseSettings(
  JSON.stringify({
    on: 'this machine',
    folder: folder.path,
    backup: { folder: '/srv/backups' },
    check: { email: 'check@school.example', passwordFile: '/etc/homeroom/check-password' },
    environment: { DATABASE_URL_FILE: '/etc/homeroom/database-url' },
    haproxy: { socket: '/run/haproxy/rollout.sock' },
    colours: { blue: { port: 3001, metricsPort: 9471 }, green: { port: 3002, metricsPort: 9472 } },
    watch: { seconds: 0.001, patienceSeconds: 0.01, pollSeconds: 0.001, leastCalls: 100 },
  }),
  'rollout.json',
)

class Noted implements Backend {
  readonly tookIs = 'p95'
  readonly graceSeconds = 40
  readonly done: string[] = []
  readonly running = new Set<string>(['blue'])
  failing: string | undefined
  figures: (colour: string) => Figures | undefined = () => ({ calls: 1000, failed: 0, tookMs: 20 })
  backupAt = new Date()

  async #do(what: string): Promise<void> {
    this.done.push(what)
    if (this.failing === what) throw new RolloutError(`${what} failed`)
  }
  inspect = async () => undefined
  newestBackup = async () => {
    await this.#do('backup')
    return { name: 'backup', at: this.backupAt, how: 'was opened' }
  }
  migrate = async () => {
    await this.#do('migrate')
    return 'nothing was pending'
  }
  start = async ({ colour }: Target) => {
    await this.#do(`start ${colour}`)
    this.running.add(colour)
  }
  runs = async ({ colour }: Target) => this.running.has(colour)
  addressOf = async () => address
  check = ({ colour }: Target) => this.#do(`check ${colour}`)
  shift = (shares: { blue: number; green: number }) => this.#do(`${shares.blue}:${shares.green}`)
  measure =
    async ({ colour }: Target) =>
    async () =>
      this.figures(colour)
  stop = async ({ colour }: Target) => {
    await this.#do(`stop ${colour}`)
    this.running.delete(colour)
    return undefined
  }
  pending = async () => []
}

let backend: Noted
const said: string[] = []
beforeEach(() => {
  backend = new Noted()
  said.length = 0
  missing.clear()
})
const way = ['backup', 'migrate', 'start green', 'check green', '90:10', '50:50', '0:100', 'stop blue']
const backAgain = ['100:0', 'stop green']

function site(phase: Phase = 'backup', more: object = {}, old: Target | null = blue): Site {
  const rollout = { fresh: green, old, phase, share: 0, startedAt: '2026-09-01T08:00:00Z', ...more }
  return { settings, backend, state: { live: old, rollout, last: null }, say: (line) => void said.push(line) }
}
const stored = (): State => readState(folder.path)

test('a good release takes over step by step', async () => {
  expect(await goOn(site())).toBe(true)
  expect(backend.done).toEqual(way)
  expect(stored()).toMatchObject({ live: green, rollout: null, last: { outcome: 'done', old: blue } })
})

test.each([['backup'], ['migrate'], ['start green'], ['check green'], ['90:10'], ['0:100']])(
  'where "%s" fails, the old version gets everything',
  async (step) => {
    backend.failing = step
    expect(await goOn(site())).toBe(false)
    expect(backend.done).toEqual([...way.slice(0, way.indexOf(step) + 1), ...backAgain])
    expect(stored()).toMatchObject({
      live: blue,
      rollout: null,
      last: { outcome: 'taken back', because: `${step} failed` },
    })
  },
)

test('a fault of the program takes a release back, too', async () => {
  backend.check = () => Promise.reject(new TypeError('fetch failed'))
  expect(await goOn(site())).toBe(false)
  expect(backend.done.slice(-2)).toEqual(backAgain)
})

test('once everybody is on the new version, only the end of the old one is tried again', async () => {
  backend.failing = 'stop blue'
  const under = site()
  await expect(goOn(under)).rejects.toThrow('stop blue failed')
  expect(stored().rollout).toMatchObject({ phase: 'retire', share: 100 })
  backend.failing = undefined
  backend.done.length = 0
  expect(await goOn({ ...under, state: stored() })).toBe(true)
  expect(backend.done).toEqual(['stop blue'])
})

test.each(phases.filter((phase) => phase !== 'back'))(
  'one that was interrupted in "%s" goes on there',
  async (phase) => {
    expect(await goOn(site(phase))).toBe(true)
    const first = { backup: 0, migrate: 1, start: 2, check: 3, shift: 4, retire: 7 }[phase as 'backup']
    expect(backend.done).toEqual(way.slice(first))
  },
)

test('one that was interrupted at 50 % is watched there again', async () => {
  expect(await goOn(site('shift', { share: 50 }))).toBe(true)
  expect(backend.done).toEqual(['50:50', '0:100', 'stop blue'])
})

test('one that is taken back when the old version has ended starts that again first', async () => {
  backend.running.delete('blue')
  expect(await goOn(site('back', { because: 'the operator said so', share: 100 }))).toBe(false)
  expect(backend.done).toEqual(['start blue', ...backAgain])
})

test('where the old version does not start any more, the new one stays', async () => {
  backend.running.delete('blue')
  backend.failing = 'start blue'
  await expect(goOn(site('back', { because: 'the operator said so' }))).rejects.toThrow('start blue failed')
  expect(backend.done).toEqual(['start blue'])
  expect(stored().rollout?.phase).toBe('back')
})

test('the first release is compared with nothing', async () => {
  expect(await goOn(site('backup', {}, null))).toBe(true)
  expect(backend.done).toEqual(['backup', 'migrate', 'start green', 'check green', '0:100'])
})

test('the release before is put back without backup, migration and waiting', async () => {
  expect(await goOn(site('start', { isReturn: true }))).toBe(true)
  expect(backend.done).toEqual(['start green', 'check green', '0:100', 'stop blue'])
})

test('a backup that is too old is none', async () => {
  backend.backupAt = new Date(Date.now() - 27 * 3_600_000)
  expect(await goOn(site())).toBe(false)
  expect(said.join()).toMatch(/is 27.0 hours old, and may be 26: make one first/)
})

test('each version serves the files of both, or nobody is sent to the new one', async () => {
  missing.add('/assets/main-1.js')
  expect(await goOn(site())).toBe(false)
  expect(backend.done).toEqual(['backup', 'migrate', 'start green', 'check green', ...backAgain])
  expect(said.join()).toMatch(/does not serve the files of the new one \(\/assets\/main-1\.js\)/)
})

const calls = (fresh: Partial<Figures>) => (colour: string) => ({
  calls: 1000,
  failed: 0,
  tookMs: 20,
  ...(colour === 'green' && fresh),
})
test.each([
  ['fails more often', { failed: 100 }, /100 of 1000 calls of the new version failed/],
  ['is slower', { tookMs: 900 }, /p95 of the new version is 900 ms/],
  ['is used by too few to judge it', { calls: 99 }, /only 99 calls/],
])('a release that %s is taken back at the first share', async (_, fresh, why) => {
  backend.figures = calls(fresh)
  expect(await goOn(site())).toBe(false)
  expect(backend.done).toEqual([...way.slice(0, 5), ...backAgain])
  expect(stored().last?.because).toMatch(why)
})

test('metrics that stay unreadable take a release back', async () => {
  backend.figures = (colour) => (colour === 'green' ? undefined : { calls: 1000, failed: 0, tookMs: 20 })
  expect(await goOn(site())).toBe(false)
  expect(stored().last?.because).toMatch(/can not be read/)
})

test('at 100 % the old version of before is compared with, for nobody asks it any more', async () => {
  let at = 0
  const shift = backend.shift
  backend.shift = (shares) => {
    at = shares.green
    return shift(shares)
  }
  backend.figures = (colour) =>
    colour === 'blue'
      ? { calls: at === 100 ? 0 : 1000, failed: 0, tookMs: 20 }
      : { calls: 1000, failed: 0, tookMs: at === 100 ? 900 : 20 }
  expect(await goOn(site())).toBe(false)
  expect(backend.done).toEqual([...way.slice(0, 7), ...backAgain])
})
