import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** A write waits this many ms for its lock. */
export const lockWait = 5_000

const inside = new AsyncLocalStorage<Scope>()
let open = 0

/** A scope refuses statements once its transaction has failed or is over, the same on both databases. */
export class Scope {
  #underWay = 0
  #over = false
  #failure: unknown

  admit(): void {
    if (this.#over) throw new Error('This transaction is over: await everything inside it')
    if (this.#failure)
      throw new Error('This transaction has failed: nothing more can run in it', { cause: this.#failure })
  }

  fail(error: unknown): void {
    this.#failure ??= error
  }

  async follow<T>(send: () => Promise<T>): Promise<T> {
    this.admit()
    this.#underWay++
    try {
      return await send()
    } catch (error) {
      this.fail(error)
      throw error
    } finally {
      this.#underWay--
    }
  }

  /** Rejects when any statement failed, even if `work` caught its error or did not wait for it. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    open++
    try {
      const result = await inside.run(this, work)
      this.#over = true
      while (this.#underWay) await nextTurn()
      if (this.#failure) throw this.#failure
      return result
    } finally {
      this.#over = true
      // Following transactions costs every promise of the process: a fifth of a read's time on Node 20.
      if (--open === 0) inside.disable()
    }
  }

  static refuseNesting(): void {
    const outer = inside.getStore()
    if (outer && !outer.#over) throw new Error('A transaction is already open here: use its tx')
  }
}

/** Two transactions that lock in the order of ids never wait for each other. */
export const lockOrder = (schools: number | readonly number[]): number[] =>
  [...new Set(typeof schools === 'number' ? [schools] : schools)].toSorted((a, b) => a - b)
