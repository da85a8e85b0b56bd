/** Writers of a register that moves to PostgreSQL meet the fence, and wait here until it is known which database has the register. */
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { UnavailableError } from './errors.ts'
import type { SourceMove } from './move/moved.ts'
import { isFenced } from './move/moved.ts'

/** In ms. The fence is up for less than one, unless the mover has died or PostgreSQL is slow. */
export const heldFor = 20_000
const lookEvery = 5
/** In ms. A mover that takes longer may have died. */
const recoverAfter = 1_000
const heldAtMost = 1_000

export type MoveState = SourceMove['state'] | undefined

export interface FenceOptions {
  client: BetterSqlite.Database
  heldFor?: number
  /** Decides what a mover that died has left open. Without it, other processes do. */
  recover?: (() => Promise<unknown>) | undefined
}

const late = () => new UnavailableError('the register changes over to PostgreSQL, and that takes too long')

export class Fence {
  readonly #client: BetterSqlite.Database
  readonly #recover: () => Promise<unknown>
  readonly #heldFor: number
  readonly #watchers = new Set<() => void>()
  #asking: BetterSqlite.Statement<[], MoveState> | undefined
  #held = 0
  #looking: Promise<MoveState> | undefined
  #recovering: Promise<unknown> | undefined
  #recoveredAt = Number.NEGATIVE_INFINITY

  constructor(options: FenceOptions) {
    const { client, recover = async () => undefined } = options
    this.#client = client
    this.#recover = recover
    this.#heldFor = options.heldFor ?? heldFor
  }

  /** From 'moved' on the register is on PostgreSQL; undefined where no move was begun. It costs some microseconds. */
  state(): MoveState {
    try {
      this.#asking ??= this.#client.prepare<[], MoveState>('select state from move').pluck()
      return this.#asking.get()
    } catch (error) {
      this.#asking = undefined
      if ((error as Error).message === 'no such table: move') return undefined
      throw error
    }
  }

  get held(): number {
    return this.#held
  }

  /** `work` runs inside the call whose write can not be done here any more. */
  onMoved(work: () => void): void {
    this.#watchers.add(work)
  }

  /** `attempt` writes all or nothing. It runs again once the file takes changes again; throws 'moved' where that will never be. */
  async pass<T>(attempt: () => Promise<T>): Promise<T> {
    const began = performance.now()
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        if (!isFenced(error)) throw error
        await this.#opened(began)
      }
    }
  }

  async #opened(began: number): Promise<void> {
    if (this.#held >= heldAtMost) throw late()
    this.#held++
    try {
      const since = performance.now()
      for (let state = this.state(); state === 'moving' || state === 'deciding'; state = await this.#next()) {
        if (performance.now() - began > this.#heldFor) throw late()
        if (performance.now() - since > recoverAfter) this.#recoverOnce()
      }
      if (this.state() === 'moved') this.#leave()
      if (performance.now() - began > this.#heldFor) throw late()
    } finally {
      this.#held--
    }
  }

  #leave(): never {
    for (const notify of this.#watchers) notify()
    throw new UnavailableError('the register has moved to PostgreSQL', { trouble: 'moved' })
  }

  #next(): Promise<MoveState> {
    this.#looking ??= sleep(lookEvery).then(() => {
      this.#looking = undefined
      return this.state()
    })
    return this.#looking
  }

  /** Where PostgreSQL does not answer, it is asked again as long as somebody waits. */
  #recoverOnce(): void {
    if (this.#recovering || performance.now() - this.#recoveredAt < recoverAfter) return
    this.#recovering = this.#recover()
      .catch(() => undefined)
      .finally(() => {
        this.#recovering = undefined
        this.#recoveredAt = performance.now()
      })
  }
}
