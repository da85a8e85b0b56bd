/** What is under way stands in one file, replaced whole, so that a rollout whose program was killed is gone on with. */
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Figures, Target } from './backend.ts'
import { RolloutError } from './backend.ts'
import { commandOf } from './processes.ts'

export const phases = ['backup', 'migrate', 'start', 'check', 'shift', 'retire', 'back'] as const
export type Phase = (typeof phases)[number]

export interface Rollout {
  fresh: Target
  /** What serves until then; null for the first release. */
  old: Target | null
  phase: Phase
  /** Percent of the requests that the new colour was given last. */
  share: number
  startedAt: string
  /** The old colour's figures from when it last had enough calls. */
  before?: Figures
  /** Why it is taken back. */
  because?: string
  /** Whether an older release is put back: without backup, migration and watching. */
  isReturn?: true
}
export interface Ended {
  outcome: 'done' | 'taken back'
  fresh: Target
  old: Target | null
  at: string
  because?: string
}
export interface State {
  live: Target | null
  rollout: Rollout | null
  last: Ended | null
}

const fileIn = (folder: string) => join(folder, 'state.json')

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

export function readState(folder: string): State {
  let text: string
  try {
    text = readFileSync(fileIn(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { live: null, rollout: null, last: null }
    throw new RolloutError(`${fileIn(folder)} can not be read: ${(error as Error).message}`)
  }
  try {
    return JSON.parse(text) as State
  } catch {
    throw new RolloutError(`${fileIn(folder)} is damaged: it says which colour serves, so mend it by hand`)
  }
}

export function writeState(folder: string, state: State): void {
  const half = `${fileIn(folder)}.${process.pid}`
  writeFileSync(half, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  sync(half)
  renameSync(half, fileIn(folder))
  sync(folder)
}

/** The id of the process that works in this folder; undefined where none does. */
export function workerIn(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'lock'), 'utf8'))
    return commandOf(pid)?.includes('rollout.ts') ? pid : undefined
  } catch {
    return undefined
  }
}

/** Two programs at once would undo each other. Answers what gives the folder back. */
export function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [file, own] = [join(folder, 'lock'), join(folder, `lock.${process.pid}`)]
  writeFileSync(own, String(process.pid))
  try {
    const working = workerIn(folder)
    if (working) throw new RolloutError(`process ${working} works on this rollout: wait for its end, or end it`)
    rmSync(file, { force: true })
    linkSync(own, file)
  } finally {
    rmSync(own)
  }
  return () => rmSync(file, { force: true })
}
