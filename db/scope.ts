/** What a transaction allows, the same on both databases. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long a write waits for its lock, in ms. */
export const lockWait = 5_000

const inside = new AsyncLocalStorage<Scope>()
/** Transactions open in this process. */
let open = 0

/** The life of one transaction: it refuses statements once it has failed or is over. */
export class Scope {
  /** How many statements are under way. */
  #underWay = 0
  #over = false
  #failure: unknown

  /** Throws unless a statement may run now. */
  admit(): void {
    if (this.#over) throw new Error('This transaction is over: await everything inside it')
    if (this.#failure)
      throw new Error('This transaction has failed: nothing more can run in it', { cause: this.#failure })
  }

  /** A statement failed: the transaction can only be rolled back. */
  fail(error: unknown): void {
    this.#failure ??= error
  }

  /** Sends a statement, if one may run now, and waits for it; its failure is the transaction's. */
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

  /** Runs `work`; rejects when any of its statements failed, even if `work` swallowed that or didn't wait for it. */
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

/** The school ids to lock: each once, in order, so that two transactions never wait for each other. */
export const lockOrder = (schools: number | readonly number[]): number[] =>
  [...new Set(typeof schools === 'number' ? [schools] : schools)].toSorted((a, b) => a - b)
