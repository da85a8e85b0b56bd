import { UnavailableError } from './errors.ts'

type Waiter = () => boolean

/** At most `capacity` callers are inside at a time; the others wait in order, each until its own deadline. */
export class Line {
  readonly #refusal: string
  readonly capacity: number
  readonly #waiting: Waiter[] = []
  #free: number
  #refused = 0

  constructor(capacity: number, refusal: string) {
    this.capacity = capacity
    this.#free = capacity
    this.#refusal = refusal
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get refused(): number {
    return this.#refused
  }

  get inside(): number {
    return this.capacity - this.#free
  }

  /** Throws `UnavailableError` when the turn has not come by `deadline`, an instant of performance.now(). */
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
        this.#refused++
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
