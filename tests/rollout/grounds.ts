/** A register, HAProxy with two colours, a verified backup, and the program that ships releases. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { State } from '../../deploy/rollout/state.ts'
import { root } from '../reliability/app.ts'
import { startBlueGreen } from '../reliability/balancer.ts'
import type { Site, SiteOptions } from '../reliability/site.ts'
import { makeSite, until } from '../reliability/site.ts'
import { endWithUs } from '../setup/end-with-us.ts'
import { freePort } from '../setup/postgres.ts'
import { temporaryFolder } from '../setup/server.ts'

export interface Shipped {
  code: number | string | null
  lines: string[]
}
export interface Killed {
  at: RegExp
  afterMs?: number
}
export interface Grounds {
  site: Site
  url: string
  /** Runs the program to its end. It is killed as by a power cut at the first line that matches, or so many ms later. */
  rollout(args: string[], killed?: Killed): Promise<Shipped>
  state(): State
  /** Of the process that a colour is; undefined where there is none. */
  pid(colour: 'blue' | 'green'): number | undefined
  /** How many requests HAProxy has sent to a colour. */
  sent(colour: 'blue' | 'green'): Promise<number>
  done(): Promise<void>
}

/** Quick, and wide where a busy machine is slow. */
const watch = {
  seconds: 3,
  patienceSeconds: 90,
  pollSeconds: 0.5,
  leastCalls: 50,
  errors: 0.02,
  slower: 3,
  slowerMs: 600,
  alarmFailed: 4,
}
const email = 'check@school.example'

async function settingsFor(site: Site, folder: string, socket: string) {
  const [blue, blueMetrics, green, greenMetrics] = await Promise.all([1, 2, 3, 4].map(() => freePort()))
  const passwordFile = join(folder, 'password')
  const urlFile = join(folder, 'database-url')
  writeFileSync(passwordFile, 'eleven green lamps at night')
  writeFileSync(urlFile, site.databaseUrl)
  return {
    passwordFile,
    settings: {
      on: 'this machine',
      folder: join(folder, 'rollout'),
      backup: { folder: join(folder, 'backups'), maxAgeHours: 1 },
      check: { email, passwordFile },
      environment: {
        DATABASE_URL_FILE: urlFile,
        DRAIN_DELAY_MS: '600',
        LOG_LEVEL: 'warn',
        WRITES_PER_MINUTE: '1000000',
      },
      haproxy: { socket },
      colours: { blue: { port: blue, metricsPort: blueMetrics }, green: { port: green, metricsPort: greenMetrics } },
      watch,
    },
  }
}

/** Ends what the program has started when this process ends, however that comes about. */
function endColoursWithUs(folder: string): () => void {
  const script = 'read -r _; for file in "$1"/*.pid; do [ -f "$file" ] && kill -s KILL -- "-$(cat "$file")"; done'
  const watcher = spawn('sh', ['-c', script, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.stdin.on('error', () => undefined)
  watcher.unref()
  return () => watcher.stdin.end('\n')
}

async function ship(settingsFile: string, args: string[], killed?: Killed): Promise<Shipped> {
  const command = ['--import', 'tsx', join(root, 'deploy/rollout.ts'), ...args, '--settings', settingsFile]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATABASE_')))
  const child = endWithUs(
    spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true }),
  )
  const lines: string[] = []
  const ended = new Promise<Shipped['code']>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (process.env.HOMEROOM_ROLLOUT_SHOWN) console.log(`    ${line}`)
      if (killed?.at.test(line)) setTimeout(() => child.kill('SIGKILL'), killed.afterMs ?? 0)
    })
  return { code: await ended, lines }
}

export async function makeGrounds(database: SiteOptions['database']): Promise<Grounds> {
  const site = await makeSite({ database, registrars: 2 })
  const folder = temporaryFolder()
  const ports = { blue: 0, green: 0 }
  const made = await settingsFor(site, folder.path, '')
  ports.blue = made.settings.colours.blue.port as number
  ports.green = made.settings.colours.green.port as number
  const balancer = await startBlueGreen(ports)
  made.settings.haproxy.socket = balancer.socket
  const [file, own] = [join(folder.path, 'rollout.json'), made.settings.folder]
  writeFileSync(file, JSON.stringify(made.settings))
  mkdirSync(own)
  const endColours = endColoursWithUs(own)
  await site.homeroom('user', 'add', email, '--role', 'viewer', '--password-file', made.passwordFile)
  await site.homeroom('backup', 'create', '--folder', made.settings.backup.folder)
  const pid = (colour: 'blue' | 'green') => {
    const pidFile = join(own, `${colour}.pid`)
    return existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined
  }
  return {
    site,
    url: balancer.url,
    rollout: (args, killed) => ship(file, args, killed),
    state: () => JSON.parse(readFileSync(join(own, 'state.json'), 'utf8')) as State,
    pid,
    async sent(colour) {
      const rows = (await balancer.told('show stat')).split('\n').map((row) => row.split(','))
      const column = rows[0]?.indexOf('stot') ?? -1
      return Number(rows.find(([backend, server]) => backend === 'homeroom' && server === colour)?.[column])
    },
    async done() {
      endColours()
      await until('the colours have ended', () => ![pid('blue'), pid('green')].some(isAlive), 10_000).catch(
        () => undefined,
      )
      await balancer.stop()
      await site.done()
      folder.done()
    },
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
