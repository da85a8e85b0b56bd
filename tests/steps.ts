/** Runs commands in one or two lanes and adds up what passed and failed. Stopped, it ends all that they have started. */
import type { ChildProcess, StdioOptions } from 'node:child_process'
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

/** Two lists at once. Tests also wait, so that one alone leaves a part of two cores idle. */
export interface Lanes {
  /** Seen as it runs. */
  lane: readonly Step[]
  /** Each step's output is seen when it has ended. */
  beside: readonly Step[]
}

/** What npm has installed, without a second npm that looks for it. */
export const program = (name: string): string => join(import.meta.dirname, '../node_modules/.bin', name)

/** In which a test runner ends what its tests have started. In ms. */
const farewell = 10_000

const running = new Set<ChildProcess>()
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
  const children = [...running]
  for (const child of children) tell(child, 'SIGTERM')
  setTimeout(() => {
    for (const child of children) tell(child, 'SIGKILL')
  }, farewell).unref()
}

/** Where a step's output goes. */
interface Output {
  isSeen: boolean
  say(text: string | Buffer): void
}
type Done = Outcome & { name: string }

/** Resolves with whether it ended well. */
async function isRun({ command, cwd }: Step, env: NodeJS.ProcessEnv, { isSeen, say }: Output): Promise<boolean> {
  const [program, ...args] = command
  const stdio: StdioOptions = isSeen ? 'inherit' : ['ignore', 'pipe', 'pipe']
  const child = endWithUs(spawn(program, args, { stdio, env, cwd, detached: true }))
  running.add(child)
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', say)
  const closed = new Promise((resolve) => child.once('close', resolve))
  const status = await new Promise((resolve) => {
    child.once('exit', resolve)
    child.once('error', ({ message }) => {
      say(`${message}\n`)
      resolve(1)
    })
  })
  if (child.pid !== undefined) await untilAllEnded(child)
  await Promise.race([closed, sleep(farewell, undefined, { ref: false })])
  running.delete(child)
  return status === 0
}

function countOr(count: () => Outcome, isOk: boolean): Outcome {
  try {
    return count()
  } catch {
    return { passed: 0, failed: Number(!isOk) }
  }
}

async function run(step: Step, to: Output): Promise<Done> {
  const { name, env, count } = step
  to.say(`\n── ${name}\n`)
  const started = performance.now()
  const isOk = await isRun(step, { ...process.env, ...env?.() }, to)
  const outcome = count ? countOr(count, isOk) : { passed: Number(isOk), failed: Number(!isOk) }
  // A runner that fails without a failed test (a crash, an unhandled error) has failed all the same.
  if (!isOk && outcome.failed === 0) outcome.failed = 1
  const end = stopped ? 'stopped' : isOk ? 'passed' : 'FAILED'
  to.say(`── ${name}: ${end} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  return { name, ...outcome }
}

async function runAll(steps: readonly Step[], to: Output, after: () => void = () => undefined): Promise<Done[]> {
  const done: Done[] = []
  for (const step of steps) {
    if (stopped) break
    done.push(await run(step, to))
    after()
  }
  return done
}

const seen: Output = { isSeen: true, say: (text) => void process.stdout.write(text) }

/** On a terminal a runner draws over what others write meanwhile: what ran beside it is seen after it. */
async function runLanes({ lane, beside }: Lanes): Promise<Done[]> {
  const held: (string | Buffer)[] = []
  let ended = 0
  let isBusy = true
  const show = () => {
    for (const text of held.splice(0, isBusy ? ended : held.length)) seen.say(text)
    ended = 0
  }
  const first = runAll(lane, seen, show).finally(() => {
    isBusy = false
    show()
  })
  const say = (text: string | Buffer) => {
    held.push(text)
    if (!isBusy) show()
  }
  const second = runAll(beside, { isSeen: false, say }, () => {
    ended = held.length
    if (!process.stdout.isTTY) show()
  })
  return (await Promise.all([first, second])).flat()
}

/**
 * Runs the steps, whatever becomes of each, and prints the sum as the last line. Resolves with the exit code: after SIGTERM
 * or Ctrl-C at once, when all has ended that was started.
 */
export async function runSteps(steps: readonly (Step | Lanes)[]): Promise<number> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  const outcomes: Done[] = []
  for (const step of steps) outcomes.push(...('lane' in step ? await runLanes(step) : await runAll([step], seen)))
  if (stopped) {
    console.log(`\nStopped by ${stopped}`)
    return 128 + constants.signals[stopped]
  }
  const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  const failed = outcomes.filter((outcome) => outcome.failed)
  if (failed.length) console.log(`\nFailed: ${failed.map(({ name }) => name).join('; ')}`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return failed.length || !outcomes.length ? 1 : 0
}
