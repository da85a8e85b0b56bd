/**
 * More calls than can be served. One begins per turn of the event loop, and none while a crowd waits for the database; the
 * others stand in line, before anything of them is read. Where the line has been long for a while, whoever came last is
 * served first, and whoever has waited too long is sent away: a call that took one place of many, a long query or an
 * import, makes no line that lasts.
 */
import type { MiddlewareHandler } from 'hono'
import type { AppOptions, HonoEnv } from './http.ts'
import type { Log } from './logging.ts'
import { refusal } from './refusal.ts'

/** Fewer never lose their turn, however long what they ask for takes. */
const crowd = 20
/** How long a crowd stands before anybody is sent away, and how long one of it then waits at most. In ms. */
const settled = 800
const patience = 300
/** As many statements wait for a connection before calls wait for them. */
const databaseCrowd = 40
/** How soon the database is asked again whether it has caught up, in ms. */
const recheck = 5
/** So many are sent away in one turn: others are served in between. */
const sentAwayAtOnce = 50
/** After so long without anybody sent away it is over, in ms. */
const calm = 5_000

interface Waiting {
  since: number
  tell(isServed: boolean): void
}

export interface OverloadOptions {
  log: Log
  /** How many statements wait for a connection to the database. */
  waiting(): number
  clock?: Clock
}

/** In ms. */
export interface Clock {
  now(): number
  /** Runs `work` in the next turn of the event loop, or after a while. */
  later(work: () => void, ms?: number): void
}
const ownClock: Clock = {
  now: () => performance.now(),
  later: (work, ms) => void (ms === undefined ? setImmediate(work) : setTimeout(work, ms)),
}

let sentAway = 0
/** By this process, since it started. */
export const callsSentAway = (): number => sentAway

export class Overload {
  readonly #log: Log
  readonly #waiting: () => number
  readonly #clock: Clock
  readonly #line: Waiting[] = []
  /** Since when a crowd stands in line. */
  #crowdedSince: number | undefined
  #hasBegun = false
  #isTurning = false
  #burst: { sentAway: number; since: number; end: NodeJS.Timeout } | undefined

  constructor({ log, waiting, clock = ownClock }: OverloadOptions) {
    this.#log = log
    this.#waiting = waiting
    this.#clock = clock
  }

  /** Resolves with true in the call's turn, and with false when it gets none. */
  async turn(): Promise<boolean> {
    if (!this.#line.length && this.#mayBegin()) {
      this.#begin()
      return true
    }
    return new Promise((tell) => {
      this.#line.push({ since: this.#clock.now(), tell })
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
    // Without a pause where the processor is what they wait for; the database's answers come by themselves.
    if (this.#hasBegun || this.#mayBegin()) this.#clock.later(turn)
    else this.#clock.later(turn, recheck)
  }

  #turn(): void {
    this.#isTurning = false
    this.#hasBegun = false
    const isOverloaded = this.#sendAway(this.#clock.now())
    if (this.#line.length && this.#mayBegin()) {
      // Each would wait for as long as anybody may, if all were served in the order in which they came.
      const next = isOverloaded ? this.#line.pop() : this.#line.shift()
      next?.tell(true)
      this.#begin()
    } else if (this.#line.length) this.#turnSoon()
  }

  /** Answers whether the line has been long for a while. */
  #sendAway(now: number): boolean {
    if (this.#line.length < crowd) this.#crowdedSince = undefined
    else this.#crowdedSince ??= now
    if (this.#crowdedSince === undefined || now - this.#crowdedSince < settled) return false
    for (let n = 0; n < sentAwayAtOnce && this.#line.length >= crowd; n++) {
      if (now - (this.#line[0]?.since ?? now) <= patience) break
      this.#line.shift()?.tell(false)
      this.#noteSentAway(now)
    }
    return true
  }

  /** Said at its beginning and its end: a line for each would be more of what there is too much of. */
  #noteSentAway(since: number): void {
    sentAway++
    if (!this.#burst) {
      this.#log.warn({ waiting: this.#line.length }, 'more calls than can be served: sending some away')
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
    this.#log.warn({ sent_away, duration_ms }, 'serving every call again')
  }
}

/** In seconds. Those who are sent away together need not return together. */
const comeBack = () => 1 + Math.floor(Math.random() * 3)

/** Calls that nobody sends away go on to what comes next. Before anything of them is read. */
export function inTurn({ db, log }: AppOptions): MiddlewareHandler<HonoEnv> {
  const overload = new Overload({ log, waiting: () => db.waiting() })
  return async (c, next) => {
    if (await overload.turn()) return next()
    const retryAfter = comeBack()
    c.header('retry-after', String(retryAfter))
    c.var.seen.isSentAway = true
    return refusal(c, 503, 'SERVICE_UNAVAILABLE', 'server.busy', { retryAfter })
  }
}
