const longestMs = 10

export interface Clock {
  now(): number
  nextTurn(work: () => void): void
}
const ownClock: Clock = { now: () => performance.now(), nextTurn: (work) => void setImmediate(work) }

/** SQLite works inside this process, which answers nobody meanwhile: after 10 ms of statements the next one waits until the process has looked at what came in. */
export class Turns {
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  #begun: number | undefined

  constructor(clock: Clock = ownClock) {
    this.#clock = clock
  }

  get isOver(): boolean {
    const now = this.#clock.now()
    if (this.#begun === undefined) this.#begin(now)
    return now - (this.#begun ?? now) >= longestMs
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (this.#begun === undefined) this.#begin(this.#clock.now())
    })
  }

  #begin(now: number): void {
    this.#begun = now
    this.#clock.nextTurn(() => this.#turn())
  }

  #turn(): void {
    this.#begun = undefined
    const next = this.#waiting.shift()
    if (!next) return
    this.#begin(this.#clock.now())
    next()
  }
}

export const turns = new Turns()
