/** A server that is process 1, as in a container, and what it does when it is told to stop. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from '../setup/end-with-us.ts'
import { statusOf, until } from './site.ts'

export interface PidOne {
  url: string
  /** Its number outside, where it is not 1. */
  pid: number
  output(): string
  ended: Promise<number | string | null>
  /** Ends it and all its children, whatever they do. */
  kill(): void
}

const isRoot = process.getuid?.() === 0

/** Where the kernel does not let an ordinary user do this, it fails at once. */
const namespaces = [...(isRoot ? [] : ['--map-root-user']), '--fork', '--pid', '--kill-child', '--mount']

function childOf(pid: number): number | undefined {
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
  return first ? Number(first) : undefined
}

/** Starts `command` as process 1 of a namespace of its own. `command` may be a shell that ends in exec. */
export async function startAsPidOne(command: string[], env: NodeJS.ProcessEnv): Promise<PidOne> {
  const args = [...namespaces, ...command]
  const child = endWithUs(spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true }))
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (written += part))
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  const greeted = () => /Homeroom is at (http\S+)\n/.exec(written)?.[1]
  await until('it starts', () => {
    if (child.exitCode !== null) throw new Error(`As process 1 it does not start: ${written}`)
    return greeted() !== undefined
  })
  const pid = childOf(child.pid ?? 0)
  if (!pid) throw new Error('unshare has no child')
  return { url: greeted() ?? '', pid, output: () => written, ended, kill: () => void child.kill('SIGKILL') }
}

/** Children of it that have ended and were not waited for. */
export function zombiesOf(parent: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8')
      } catch {
        return ''
      }
    })
  return stats.filter((stat) => stat.replace(/^.*\) /, '').startsWith(`Z ${parent} `)).length
}

/** A call whose body comes in two halves. */
function beginSlowly(url: string): { finish(): Promise<IncomingMessage> } {
  const body = JSON.stringify({ padding: 'x'.repeat(1000) })
  const headers = {
    origin: new URL(url).origin,
    'content-type': 'application/json',
    'content-length': String(body.length),
  }
  const sent = request(`${url}/trpc/session.get`, { method: 'POST', headers, agent: false })
  const answer = new Promise<IncomingMessage>((resolve, reject) => sent.once('response', resolve).once('error', reject))
  answer.catch(() => undefined)
  sent.write(body.slice(0, 500))
  return {
    finish() {
      sent.end(body.slice(500))
      return answer
    },
  }
}

/** What it did between SIGTERM and its end. */
export interface Stop {
  exit: number | string | null
  /** Of the call that was under way from before the signal until after it had stopped listening. */
  slow: number
  saidClose: boolean
  /** While it drained. */
  ready: number
  live: number
  /** In ms, from the signal. */
  took: number
}

/** Stops it in the middle of a slow call that lasts longer than `delayMs`, its DRAIN_DELAY_MS. */
export async function stopInACall({ url, pid, ended }: PidOne, delayMs: number): Promise<Stop> {
  const call = beginSlowly(url)
  await until('it serves', async () => (await statusOf(`${url}/health/ready`)) === 200)
  const started = performance.now()
  process.kill(pid, 'SIGTERM')
  await until('it drains', async () => (await statusOf(`${url}/health/ready`)) !== 200)
  const [ready, live] = [await statusOf(`${url}/health/ready`), await statusOf(`${url}/health/live`)]
  await sleep(Math.max(0, delayMs - (performance.now() - started)))
  await until('it has stopped listening', async () => (await statusOf(`${url}/health/live`)) === 0)
  const answer = await call.finish().catch(() => undefined)
  answer?.resume()
  const exit = await ended
  const took = Math.round(performance.now() - started)
  return { exit, slow: answer?.statusCode ?? 0, saidClose: answer?.headers.connection === 'close', ready, live, took }
}
