import type BetterSqlite from 'better-sqlite3'
import { isBusy } from '../errors.ts'
import { Connection } from '../postgres/connection.ts'
import type { MoveProgress } from './moved.ts'
import { moveOf, progressIn, sayProgress } from './moved.ts'
import { openSource, openToMark } from './source.ts'

export type TellMove = (progress: MoveProgress) => void

/** Where a test ends the process. Each is passed right before its work counts, or right after. */
export type MovePoint =
  | 'captured'
  | 'made'
  | 'part'
  | 'copied'
  | 'round'
  | 'indexes'
  | 'compared'
  | 'fenced'
  | 'last round'
  | 'deciding'
  | 'activating'
  | 'active'
  | 'moved'
  | 'settled'

export interface MoveOptions {
  file: string
  url: string
  folder: string
  tell: TellMove
  at?: (point: MovePoint) => void
  /** In ms: how long the last round may last while nobody can write, PostgreSQL be away, and another write hold the file. */
  limits?: { lastRound?: number; away?: number; lock?: number }
}

export class MoveError extends Error {
  override name = 'MoveError'
  readonly found: string[]

  constructor(message: string, found: string[]) {
    super(`${message}:\n${found.map((line) => `  ${line}`).join('\n')}`)
    this.found = found
  }
}
export class StoppedError extends Error {
  override name = 'StoppedError'

  constructor() {
    super('The move was stopped: the register stays with its file')
  }
}

const saidEvery = 1_000

export class Mover {
  readonly id: string
  readonly options: MoveOptions
  readonly target: Connection
  readonly source: BetterSqlite.Database
  readonly pen: BetterSqlite.Database
  readonly #since: number
  /** Sees PostgreSQL as it was before anybody wrote there. */
  witness: Connection | undefined
  /** When the fence went up, by the clock of this process; and for how many ms nobody could write. */
  fencedAt: number | undefined
  pause: number | undefined
  #phase: { name: MoveProgress['phase']; since: number } | undefined
  #saidAt = Number.NEGATIVE_INFINITY

  constructor(id: string, options: MoveOptions, target: Connection) {
    this.id = id
    this.options = options
    this.target = target
    this.source = openSource(options.file)
    this.pen = openToMark(options.file, options.limits?.lock)
    this.#since = progressIn(this.pen)?.since ?? Date.now()
  }

  at(point: MovePoint): void {
    this.options.at?.(point)
  }

  /** Throws where somebody has asked the move to stop. */
  say(progress: MoveProgress): void {
    this.options.tell(progress)
    const isNew = this.#phase?.name !== progress.phase
    if (isNew) this.#phase = { name: progress.phase, since: Date.now() }
    if (!isNew && performance.now() - this.#saidAt < saidEvery) return
    this.#saidAt = performance.now()
    const phaseSince = this.#phase?.since ?? Date.now()
    this.requireWanted()
    try {
      sayProgress(this.pen, { ...progress, pid: process.pid, since: this.#since, phaseSince, heardAt: Date.now() })
    } catch (error) {
      // A long write, such as an import, goes on.
      if (!isBusy(error)) throw error
    }
  }

  requireWanted(): void {
    const move = moveOf(this.pen)
    if (move?.id !== this.id || (move.isStopping && move.state !== 'moved')) throw new StoppedError()
  }

  async openWitness(): Promise<void> {
    this.witness = new Connection(this.options.url)
    await this.witness.send('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
  }

  async close(): Promise<void> {
    this.source.close()
    this.pen.close()
    await this.witness?.end()
  }
}
