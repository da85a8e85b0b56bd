/** Runs commands one after the other and adds up what passed and failed. Stopped, it ends all that they have started. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import '../server/cli/npm-shell.mjs'
import { endWithUs } from './setup/end-with-us.ts'

export interface Outcome {
  passed: number
  failed: number
}
export interface Step {
  name: string
  command: [string, ...string[]]
  /** Where it runs; without one, where we do. */
  cwd?: string
  /** Beside our own environment; asked for when the step begins. */
  env?: () => Record<string, string>
  /** Reads the counts of a test runner's report; a step without one counts as a single test. */
  count?: () => Outcome
}

/** What npm has installed, without a second npm that looks for it. */
export const program = (name: string): string => join(import.meta.dirname, '../node_modules/.bin', name)

/** In which a test runner ends what its tests have started. In ms. */
const farewell = 10_000

let running: ChildProcess | undefined
let stopped: NodeJS.Signals | undefined

/** False when nobody is left in the group that this process is the first of. */
function tell({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-(pid as number), signal)
  } catch {
    return false
  }
}

/** A runner can be gone before the processes it runs its tests in. */
async function untilAllEnded(child: ChildProcess): Promise<void> {
  const patience = performance.now() + farewell
  while (tell(child, 0) && performance.now() < patience) await sleep(20)
  tell(child, 'SIGKILL')
}

function stop(signal: NodeJS.Signals): void {
  stopped ??= signal
  const child = running
  if (!child) return
  tell(child, 'SIGTERM')
  setTimeout(() => tell(child, 'SIGKILL'), farewell).unref()
}

/** Resolves with whether it ended well. */
async function isRun({ command, cwd }: Step, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'inherit', env, cwd, detached: true })
  running = endWithUs(child)
  const status = await new Promise((resolve) => {
    child.once('exit', resolve)
    child.once('error', ({ message }) => {
      console.error(message)
      resolve(1)
    })
  })
  if (child.pid !== undefined) await untilAllEnded(child)
  running = undefined
  return status === 0
}

function countOr(count: () => Outcome, isOk: boolean): Outcome {
  try {
    return count()
  } catch {
    return { passed: 0, failed: Number(!isOk) }
  }
}

async function run(step: Step): Promise<Outcome> {
  const { name, env, count } = step
  console.log(`\n── ${name}`)
  const started = performance.now()
  const isOk = await isRun(step, { ...process.env, ...env?.() })
  const outcome = count ? countOr(count, isOk) : { passed: Number(isOk), failed: Number(!isOk) }
  // A runner that fails without a failed test (a crash, an unhandled error) has failed all the same.
  if (!isOk && outcome.failed === 0) outcome.failed = 1
  const end = stopped ? 'stopped' : isOk ? 'passed' : 'FAILED'
  console.log(`── ${name}: ${end} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return outcome
}

/**
 * Runs the steps, whatever becomes of each, and prints the sum as the last line. Resolves with the exit code: after SIGTERM
 * or Ctrl-C at once, when all has ended that was started.
 */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  const outcomes: (Outcome & { name: string })[] = []
  for (const step of steps) if (!stopped) outcomes.push({ name: step.name, ...(await run(step)) })
  if (stopped) {
    console.log(`\nStopped by ${stopped}`)
    return 128 + constants.signals[stopped]
  }
  const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  const failed = outcomes.filter((outcome) => outcome.failed)
  if (failed.length) console.log(`\nFailed: ${failed.map(({ name }) => name).join('; ')}`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return failed.length || !steps.length ? 1 : 0
}
