/** A school with people in it, on a database of its own, and servers that serve it. */
import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { TestPostgres } from '../setup/postgres.ts'
import { startPostgres } from '../setup/postgres.ts'
import type { Running } from '../setup/server.ts'
import { startServer, temporaryFolder } from '../setup/server.ts'
import { appFile, root } from './app.ts'
import { childrenOf } from './processes.ts'

export interface Seeded {
  /** Its slug. */
  school: string
  /** Registrars with a cookie each; one of them may hold 20 streams. */
  people: { userId: string; cookie: string }[]
}

export interface Instance extends Running {
  /** Where this very process listens, whatever stands in front of it. */
  port: number
  pid: number
  /** What it has logged so far. */
  log(): Record<string, unknown>[]
  /** Ends the primary and its workers, as a power cut would. */
  kill(): Promise<void>
  /** The processes it has started and that have not ended, by id: its workers, once it serves. */
  workers(): number[]
}

export interface Site extends Seeded {
  databaseUrl: string
  /** The cluster, where there is one. */
  postgres: TestPostgres | undefined
  /**
   * Runs `homeroom start` as it was built, in a group of its own, and waits until it serves. What it says is appended to
   * the file that HOMEROOM_RELIABILITY_LOG names.
   */
  start(env?: Record<string, string>): Promise<Instance>
  /** Runs a command of `homeroom` on the database; answers its output. Throws when it fails. */
  homeroom(...args: string[]): Promise<string>
  /** Runs one of our programs on the database; answers what it printed, as JSON. */
  program<T>(file: string, args?: string[], input?: unknown): Promise<T>
  /** Ends what still runs, and removes everything. */
  done(): Promise<void>
}

export interface SiteOptions {
  database: 'sqlite' | 'postgresql'
  /** 700 unless told; 0 leaves the database empty, without a school. */
  students?: number
  registrars?: number
  /** Settings of postgres's own, such as `max_connections=20`. */
  settings?: string[]
}

/** Answers its status, or 0 where nothing answers. */
export const statusOf = (url: string): Promise<number> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.status
    },
    () => 0,
  )

/** Waits until it holds, for at most `patience` ms. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, patience = 60_000): Promise<void> {
  for (const late = performance.now() + patience; !(await holds()); await sleep(20))
    if (performance.now() > late) throw new Error(`in vain: ${what}`)
}
export const untilReady = (url: string) =>
  until(`${url} is ready`, async () => (await statusOf(`${url}/health/ready`)) === 200)

const parsed = (line: string): Record<string, unknown>[] => {
  try {
    return line.startsWith('{') ? [JSON.parse(line)] : []
  } catch {
    return []
  }
}

async function startInstance(databaseUrl: string, env: Record<string, string>): Promise<Instance> {
  // A few people write for a whole school.
  const shipped = { NODE_ENV: 'production', DRAIN_DELAY_MS: '0', LOG_LEVEL: 'warn', WRITES_PER_MINUTE: '1000000' }
  const running = await startServer({ ...shipped, DATABASE_URL: databaseUrl, ...env }, [
    process.execPath,
    appFile(),
    'start',
  ])
  const pid = running.child.pid ?? 0
  return {
    ...running,
    pid,
    port: Number(new URL(running.url).port),
    log: () => running.output().split('\n').flatMap(parsed),
    async kill() {
      killGroup(pid)
      await running.ended
    },
    workers: () => childrenOf(pid),
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

const run = promisify(execFile)
const largest = 512 * 1024 * 1024

async function runProgram(databaseUrl: string, command: string[], input?: unknown): Promise<string> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: databaseUrl }
  const running = run(process.execPath, command, { cwd: root, env, maxBuffer: largest })
  running.child.stdin?.end(input === undefined ? '' : JSON.stringify(input))
  return (await running).stdout
}

/** Made in about three seconds on SQLite, six on PostgreSQL. */
export async function makeSite({ database, settings = [], ...people }: SiteOptions): Promise<Site> {
  const { students = 700, registrars = 1 } = people
  const folder = temporaryFolder()
  const postgres = database === 'postgresql' ? await startPostgres(...settings) : undefined
  const databaseUrl = postgres?.url ?? `file:${join(folder.path, 'homeroom.db')}`
  const program = async <T>(file: string, args: string[] = [], input?: unknown) =>
    JSON.parse(await runProgram(databaseUrl, ['--import', 'tsx', join(import.meta.dirname, file), ...args], input)) as T
  const instances = new Set<Instance>()
  const site: Omit<Site, keyof Seeded> = {
    databaseUrl,
    postgres,
    program,
    async start(env = {}) {
      const instance = await startInstance(databaseUrl, env)
      instances.add(instance)
      void instance.ended.then(() => {
        instances.delete(instance)
        if (process.env.HOMEROOM_RELIABILITY_LOG)
          appendFileSync(process.env.HOMEROOM_RELIABILITY_LOG, instance.output())
      })
      return instance
    },
    homeroom: (...args) => runProgram(databaseUrl, [appFile(), ...args]),
    async done() {
      await Promise.all([...instances].map((instance) => instance.kill()))
      await postgres?.stop()
      folder.done()
    },
  }
  if (!students) return { ...site, school: '', people: [] }
  return { ...site, ...(await program<Seeded>('seed.ts', [String(students), String(registrars)])) }
}
