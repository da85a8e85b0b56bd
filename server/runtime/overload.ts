/** Calls wait in line before anything of them is read. DECISIONS.md says why the last to come is then served first. */
import type { MiddlewareHandler } from 'hono'
import type { HonoEnv } from './http.ts'
import type { Log } from './logging.ts'
import { refusal } from './refusal.ts'

/** Fewer waiting calls than this are never sent away. */
const crowd = 20
/** In ms. After the first, a line is overloaded; a call then waits at most the second. */
const settled = 800
const patience = 300
/** Calls wait while so many statements wait for a connection. */
const databaseCrowd = 40
/** In ms. The database is then asked again. */
const recheck = 5
/** Others are served between such groups. */
const sentAwayAtOnce = 50
/** In ms. Without anybody sent away for so long, the overload is over. */
const calm = 5_000

interface Waiting {
  since: number
  resolve(isServed: boolean): void
}

export interface OverloadOptions {
  log: Log
  waiting(): number
  clock?: Clock
}

export interface Clock {
  now(): number
  /** Without `ms`, it runs in the next turn of the event loop. */
  later(work: () => void, ms?: number): void
}
const ownClock: Clock = {
  now: () => performance.now(),
  later: (work, ms) => void (ms === undefined ? setImmediate(work) : setTimeout(work, ms)),
}

let sentAway = 0
export const callsSentAway = (): number => sentAway

export class Overload {
  readonly #log: Log
  readonly #waiting: () => number
  readonly #clock: Clock
  readonly #line: Waiting[] = []
  readonly #batched: (() => void)[] = []
  #wasBatched = false
  #crowdedSince: number | undefined
  #hasBegun = false
  #isTurning = false
  #burst: { sentAway: number; since: number; end: NodeJS.Timeout } | undefined

  constructor({ log, waiting, clock = ownClock }: OverloadOptions) {
    this.#log = log
    this.#waiting = waiting
    this.#clock = clock
  }

  /** What can wait for a better moment does. */
  get isBusy(): boolean {
    return this.#line.length + this.#batched.length + this.#waiting() > 0 || this.#burst !== undefined
  }

  /** Resolves with false when the call is sent away. */
  async turn(): Promise<boolean> {
    if (!this.#line.length && this.#mayBegin()) {
      this.#begin()
      return true
    }
    return new Promise((resolve) => {
      this.#line.push({ since: this.#clock.now(), resolve })
      this.#turnSoon()
    })
  }

  /** For a further call of a batch, which is never sent away: a new call waits behind one of these, not behind all. */
  batchedTurn(): Promise<void> {
    return new Promise((resolve) => {
      this.#batched.push(resolve)
      this.#turnSoon()
    })
  }

  #mayBegin(): boolean {
    return !this.#hasBegun && this.#waiting() < databaseCrowd
  }

  #begin(): void {
    this.#hasBegun = true
    this.#turnSoon()
  }

  #turnSoon(): void {
    if (this.#isTurning) return
    this.#isTurning = true
    const turn = () => this.#turn()
    // When the processor is the limit, waiting would only waste it.
    if (this.#hasBegun || this.#mayBegin()) this.#clock.later(turn)
    else this.#clock.later(turn, recheck)
  }

  #turn(): void {
    this.#isTurning = false
    this.#hasBegun = false
    const isOverloaded = this.#sendAway(this.#clock.now())
    if (!this.#line.length && !this.#batched.length) return
    if (this.#mayBegin()) {
      this.#serveNext(isOverloaded)
      this.#begin()
    } else this.#turnSoon()
  }

  #serveNext(isOverloaded: boolean): void {
    const isBatched = this.#batched.length > 0 && !(this.#wasBatched && this.#line.length)
    this.#wasBatched = isBatched
    // In order of arrival, each call would wait for as long as calls may.
    if (isBatched) this.#batched.shift()?.()
    else (isOverloaded ? this.#line.pop() : this.#line.shift())?.resolve(true)
  }

  #sendAway(now: number): boolean {
    if (this.#line.length < crowd) this.#crowdedSince = undefined
    else this.#crowdedSince ??= now
    if (this.#crowdedSince === undefined || now - this.#crowdedSince < settled) return false
    for (let n = 0; n < sentAwayAtOnce && this.#line.length >= crowd; n++) {
      if (now - (this.#line[0]?.since ?? now) <= patience) break
      this.#line.shift()?.resolve(false)
      this.#noteSentAway(now)
    }
    return true
  }

  /** A line for each call would add to the load, so only beginning and end are logged. */
  #noteSentAway(since: number): void {
    sentAway++
    if (!this.#burst) {
      this.#log.warn({ waiting: this.#line.length }, 'more calls come than can be served: some are sent away')
      const end = setTimeout(() => this.#endBurst(), calm).unref()
      this.#burst = { sentAway: 0, since, end }
    }
    this.#burst.sentAway++
    this.#burst.end.refresh()
  }

  #endBurst(): void {
    if (!this.#burst) return
    const { sentAway: sent_away, since } = this.#burst
    this.#burst = undefined
    const duration_ms = Math.round(this.#clock.now() - since - calm)
    this.#log.warn({ sent_away, duration_ms }, 'every call is served again')
  }
}

/** In seconds. Different waits keep calls from returning together. */
const comeBack = () => 1 + Math.floor(Math.random() * 3)

export const inTurn =
  (overload: Overload): MiddlewareHandler<HonoEnv> =>
  async (c, next) => {
    if (await overload.turn()) return next()
    const retryAfter = comeBack()
    c.header('retry-after', String(retryAfter))
    c.var.notes.isSentAway = true
    return refusal(c, 503, 'SERVICE_UNAVAILABLE', 'server.busy', { retryAfter })
  }
