/** The application on a real socket: in this process, or as the process that `homeroom start` is. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../db/database.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { AppOptions } from '../../server/runtime/http.ts'
import { createHttpServer } from '../../server/runtime/http-server.ts'
import { installationId } from '../../server/runtime/installation.ts'
import { listen } from '../../server/runtime/listen.ts'
import { createLog } from '../../server/runtime/logging.ts'
import { noteAnswers } from '../contract/recorder.ts'
import { endWithUs } from './end-with-us.ts'

const root = join(import.meta.dirname, '../..')

/** A shell that knows no `exec` and passes no signal on, for npm_config_script_shell. */
export const bareShell = join(import.meta.dirname, 'bare-shell.mjs')

export interface Served {
  url: string
  server: Server
  /** What it has logged, a JSON text each. */
  lines: string[]
  close(): Promise<void>
}

/** Serves the application of this process on a free port. */
export async function serve(
  db: Database,
  { config: settings, ...more }: Partial<Omit<AppOptions, 'config'>> & { config?: Partial<AppOptions['config']> } = {},
): Promise<Served> {
  noteAnswers()
  const lines: string[] = []
  const log = createLog({ logLevel: 'debug' }, { write: (line) => void lines.push(line) })
  const config = { ...readConfig({}, {}), ...settings }
  const installation = await installationId(db)
  const server = createHttpServer(
    createApp({ db, config, log, installation, clientFolder: 'no-such-folder', pause: async () => {}, ...more }),
  )
  const url = `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`
  return {
    url,
    server,
    lines,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Call {
  input?: unknown
  headers?: Record<string, string>
  method?: string
  /** Instead of `input` as JSON. */
  body?: BodyInit
}
/** Calls a procedure as our own screens do. */
export const call = (url: string, procedure: string, { input, headers, method = 'POST', body }: Call = {}) =>
  fetch(`${url}/trpc/${procedure}`, {
    method,
    headers: { origin: new URL(url).origin, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: body ?? JSON.stringify(input ?? {}) }),
  })

export interface Running {
  url: string
  child: ChildProcess
  /** All it has written so far. */
  output(): string
  /** Resolves with what it has written once this is in it, so many times; rejects when it ends without. */
  untilSaid(what: string | RegExp, times?: number): Promise<string>
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string | null>
  /** Asks it to stop, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>
  /** Ends it and all it has started at once, where that has not happened yet. */
  kill(): Promise<unknown>
}

/** The check builds first: what is built starts in a quarter of the time, and is what runs in the end. */
export const homeroomFile = process.env.HOMEROOM_TESTS_BUILT
  ? [join(root, 'dist/server/homeroom.js')]
  : ['--import', 'tsx', join(root, 'server/cli/homeroom.ts')]

/** Runs `homeroom …`, or `command`, in a group of its own, without waiting for anything. */
export function run(args: string[], env: Record<string, string> = {}, command?: [string, ...string[]], cwd = root) {
  const [file, ...first] = command ?? [process.execPath, ...homeroomFile]
  const child = spawn(file, [...first, ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  endWithUs(child)
  let written = ''
  let said = ''
  child.stdout.on('data', (part) => {
    written += part
    said += part
  })
  child.stderr.on('data', (part) => {
    written += part
  })
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  const output = () => written
  return { child, output, said: () => said, ended, untilSaid: watcher(child, output) }
}

/** Looks again each time the process has written something. */
export function watcher(child: ChildProcess, output: () => string): Running['untilSaid'] {
  return (what, times = 1) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (output().split(what).length > times) end(() => resolve(output()))
      }
      const closed = () => end(() => reject(new Error(`It ended without saying ${what}: ${output()}`)))
      const end = (settle: () => void) => {
        for (const stream of [child.stdout, child.stderr]) stream?.off('data', look)
        child.off('close', closed)
        settle()
      }
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', look)
      child.once('close', closed)
      look()
    })
}

/** Runs a command of `homeroom` to its end. */
export async function homeroom(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const { child, output, said, ended } = run(args, env)
  // A command may end before it has read anything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return { code: await ended, output: output(), said: said() }
}

/** Starts a server on a free port and waits until it serves. `command` is run instead of the sources. */
export async function startServer(env: Record<string, string> = {}, command?: [string, ...string[]]): Promise<Running> {
  const { child, output, untilSaid, ended } = run(command ? [] : ['start'], { PORT: '0', ...env }, command)
  const [, url = ''] = /Homeroom is at (http\S+)\n/.exec(await untilSaid(/Homeroom is at http\S+\n/)) ?? []
  return {
    url,
    child,
    output,
    untilSaid,
    ended,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
    async kill() {
      try {
        process.kill(-(child.pid as number), 'SIGKILL')
      } catch {
        // Nobody is left.
      }
      return ended
    },
  }
}

/** A folder that is gone after `done`. */
export function temporaryFolder(): { path: string; done(): void } {
  const path = mkdtempSync(join(tmpdir(), 'homeroom-test-'))
  return { path, done: () => rmSync(path, { recursive: true, force: true }) }
}
