/** While a register is copied to PostgreSQL, workers wait there, ready to take over from those on the file at the moment it has moved. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Door } from '../handover/door.ts'
import type { MoveNews } from '../handover/handover.ts'
import type { Log } from '../runtime/logging.ts'
import { described } from '../runtime/logging.ts'
import type { Crew } from './crew.ts'
import type { Worker } from './worker.ts'

/** In ms. PostgreSQL may be away. */
const pause = { shortest: 1_000, longest: 30_000 }

interface Options {
  log: Log
  crew: Crew
  size: number
  inTurn(work: () => Promise<void>): void
}

export class Relief {
  readonly #options: Options
  readonly #doors = new Map<Worker, Door>()
  readonly #standing = new Set<Worker>()
  #news: MoveNews = 'none'
  #keeping = 0
  #isOver = false

  constructor(options: Options) {
    this.#options = options
  }

  hear(news: MoveNews): void {
    if (news === this.#news || this.#news === 'moved') return
    if (news === 'arrived' && this.#news === 'none') return
    this.#news = news === 'arrived' ? 'moved' : news
    if (news === 'copying') while (this.#keeping < this.#options.size) void this.#keep()
    else if (news === 'none') this.dismiss()
    else this.#options.inTurn(() => this.#takeOver())
  }

  /** From now on no worker is replaced when it ends. */
  stop(): void {
    this.#isOver = true
  }

  /** Workers of another version replace these. */
  dismiss(): void {
    for (const worker of this.#standing) this.#options.crew.dismiss(worker)
  }

  tell(worker: Worker): void {
    if (this.#doors.size) worker.send({ tell: 'doors', doors: this.#told() })
  }

  /** The mover must know before it changes over whether all are ready: the answer is all doors or none. */
  #told(): Door[] {
    return this.#doors.size < this.#options.size && this.#news !== 'moved' ? [] : [...this.#doors.values()]
  }

  #tellAll(): void {
    const doors = this.#told()
    for (const worker of this.#options.crew.running) if (!worker.isAhead) worker.send({ tell: 'doors', doors })
  }

  /** One worker is kept ready as long as the register is copied. */
  async #keep(): Promise<void> {
    this.#keeping++
    for (let failures = 0; this.#isWanted; ) {
      const worker = this.#options.crew.start({ isAhead: true })
      this.#standing.add(worker)
      try {
        await worker.ready
        this.#doors.set(worker, await worker.open())
        failures = 0
        this.#tellAll()
        await worker.ended
      } catch (error) {
        if (!failures++)
          this.#options.log.warn({ error: described(error) }, 'a worker could not get ready for the move')
      }
      this.#standing.delete(worker)
      if (this.#doors.delete(worker)) this.#tellAll()
      if (failures) await sleep(Math.min(pause.shortest * 2 ** (failures - 1), pause.longest))
    }
    this.#keeping--
  }

  get #isWanted(): boolean {
    return this.#news === 'copying' && !this.#isOver
  }

  async #takeOver(): Promise<void> {
    const { crew, log } = this.#options
    const ready = [...this.#doors.keys()]
    for (const worker of this.#standing) if (!this.#doors.has(worker)) crew.dismiss(worker)
    this.#tellAll()
    if (this.#isOver) return
    if (ready.length) this.#admit(ready)
    else await this.#replace()
    log.info('the register has moved to PostgreSQL: the server serves it from there')
  }

  #admit(ready: readonly Worker[]): void {
    for (const worker of ready) worker.send({ tell: 'serve' })
    this.#options.crew.change(ready)
  }

  /** No worker is ready. New workers find by themselves where the register is; until then, the old ones hold what they can't do. */
  async #replace(): Promise<void> {
    const { crew, log } = this.#options
    for (const old = crew.serving; !this.#isOver; await sleep(pause.shortest))
      try {
        await crew.replace()
        const doors = await Promise.all(crew.serving.map((worker) => worker.open()))
        for (const worker of old) worker.send({ tell: 'doors', doors })
        return
      } catch (error) {
        log.error({ error: described(error) }, 'the reload failed: the old workers go on')
      }
  }
}
