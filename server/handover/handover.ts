import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import type { Fence } from '../../db/fence.ts'
import { heldFor } from '../../db/fence.ts'
import { sayCold, sayWarm } from '../../db/warm-servers.ts'
import { instanceId } from '../calls/instance-id.ts'
import type { Door } from './door.ts'
import type { Passing } from './pass-on.ts'
import { ClosedDoorError, Passages } from './pass-on.ts'
import { noteOvertaken } from './requests.ts'

/** In ms. A mover copies for longer before it needs to know that this server is ready. */
const lookEvery = 1_000
const lookEveryWhileNear = 100
/** In ms. Until another worker has opened a door. */
const askEvery = 20

/** What the primary needs to know of it. 'arrived': this worker has found where the register went. */
export type MoveNews = 'none' | 'copying' | 'moved' | 'arrived'

interface Options {
  db: Database
  knowsTarget: boolean
  tell(news: MoveNews): void
  left(): void
}

export class Handover {
  readonly #options: Options
  readonly #fence: Fence
  readonly #passages = new Passages()
  #news: MoveNews = 'none'
  #doors: readonly Door[] = []
  #turn = 0
  #hasSaid = false
  #isOver = false

  static of(options: Options): Handover | undefined {
    return options.db.fence && new Handover(options, options.db.fence)
  }

  constructor(options: Options, fence: Fence) {
    this.#options = options
    this.#fence = fence
    fence.onMoved(() => {
      noteOvertaken()
      this.#look()
    })
    this.#look()
    void this.#lookAgain()
  }

  /** A move was begun: each request is looked after. */
  get isNear(): boolean {
    return this.#news !== 'none'
  }

  /** For ever. It looks at the file: another process may have answered a write from PostgreSQL already. */
  hasMoved(): boolean {
    try {
      if (this.#news === 'copying') this.#look()
    } catch {
      // A file that can't be read now was read before; the call itself says what is wrong.
    }
    return this.#news === 'moved'
  }

  knowDoors(doors: readonly Door[]): void {
    this.#doors = doors
    this.#hasSaid = false
    void this.#sayReady()
  }

  async passOn(passing: Passing): Promise<Response | undefined> {
    const until = performance.now() + heldFor
    do {
      const door = this.#doors[this.#turn++ % (this.#doors.length || 1)]
      try {
        if (door) return await this.#passages.pass(door, passing)
      } catch (error) {
        if (!(error instanceof ClosedDoorError)) return undefined
      }
      await sleep(askEvery)
    } while (performance.now() < until && !passing.outgoing.destroyed)
    return undefined
  }

  endStreams(): void {
    this.#passages.endStreams()
  }

  stop(): void {
    this.#isOver = true
  }

  #look(): void {
    if (this.#news === 'moved') return
    const state = this.#fence.state()
    const news = state === undefined ? 'none' : state === 'moved' ? 'moved' : 'copying'
    if (news === this.#news) return
    this.#news = news
    this.#hasSaid = false
    // Without the address nobody could stand ready, and the mover says so.
    if (news !== 'copying' || this.#options.knowsTarget) this.#options.tell(news)
    if (news === 'moved') this.#options.left()
  }

  async #lookAgain(): Promise<void> {
    while (!this.#isOver && this.#news !== 'moved') {
      await sleep(this.isNear ? lookEveryWhileNear : lookEvery, undefined, { ref: false })
      try {
        this.#look()
        await this.#sayReady()
      } catch {
        // A file that can't be read now is looked at again; calls say what is wrong with it.
      }
    }
  }

  async #sayReady(): Promise<void> {
    if (this.#hasSaid || this.#news !== 'copying' || this.#isOver) return
    this.#hasSaid = true
    const { db } = this.#options
    const said = this.#doors.length ? sayWarm(db, instanceId, new Date()) : sayCold(db, instanceId)
    await said.catch(() => {
      this.#hasSaid = false
    })
  }
}
