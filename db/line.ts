import { UnavailableError } from './errors.ts'

/** Returns false when whoever waited has given up. */
type Waiter = () => boolean

/** A line to wait in: `places` at a time get in, first come first served, and each waits until its own deadline. */
export class Line {
  readonly #refusal: string
  /** How many may be in. */
  readonly places: number
  readonly #waiting: Waiter[] = []
  #free: number

  constructor(places: number, refusal: string) {
    this.places = places
    this.#free = places
    this.#refusal = refusal
  }

  /** How many wait; those who gave up since somebody last got in among them. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** How many are in. */
  get inside(): number {
    return this.places - this.#free
  }

  /** Runs `work` in its turn. Throws `UnavailableError` when its turn hasn't come by `deadline` (of performance.now()). */
  async hold<T>(deadline: number, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await this.#turn(deadline)
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  #turn(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let gone = false
      const giveUp = () => {
        gone = true
        reject(new UnavailableError(this.#refusal))
      }
      const timer = setTimeout(giveUp, deadline - performance.now())
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
        return !gone
      })
    })
  }

  #leave(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) if (next()) return
    this.#free++
  }
}
