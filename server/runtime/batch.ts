import type { Overload } from './overload.ts'

/** Of ten connections to PostgreSQL, a batch of twenty calls would take every one. */
export const atOnce = 4

/** The calls of one request: its first has had its turn, and each other one waits for its own. */
export class Batch {
  readonly #overload: Pick<Overload, 'batchedTurn'>
  readonly #waiting: (() => void)[] = []
  #inside = 0
  #hasBegun = false

  constructor(overload: Pick<Overload, 'batchedTurn'>) {
    this.#overload = overload
  }

  async enter(): Promise<() => void> {
    const isFirst = !this.#hasBegun
    this.#hasBegun = true
    if (this.#inside < atOnce) this.#inside++
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    if (!isFirst) await this.#overload.batchedTurn()
    return () => this.#leave()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#inside--
  }
}
