import { setTimeout as sleep } from 'node:timers/promises'
import type { MoveNews } from '../handover/handover.ts'
import type { MoverOrder } from '../moves/primary.ts'
import type { Log } from '../runtime/logging.ts'
import type { ToWorker } from '../runtime/messages.ts'
import type { Entrance } from './entrance.ts'
import type { Counts } from './metrics.ts'
import { Worker } from './worker.ts'

/** In ms. A worker that ends by itself is replaced at once, then after pauses that double. */
const pause = { shortest: 250, longest: 30_000 }
/** In ms. A worker that runs beyond its deadline hangs. */
const beyondDeadline = 1000
/** In ms. A worker that has served for so long did not fail at its start. */
const settled = 60_000

export interface CrewOptions {
  log: Log
  entrance: Entrance
  counts: Counts
  size: number
  deadlineMs: number
  onNews?(news: MoveNews): void
  onOrder?(order: MoverOrder): void
  onAdmitted?(worker: Worker): void
}

export class Crew {
  readonly #options: CrewOptions
  #serving = new Set<Worker>()
  readonly #running = new Set<Worker>()
  readonly #untold: ToWorker[] = []
  #generation = 0
  #failures = 0
  #isLeaving = false

  constructor(options: CrewOptions) {
    this.#options = options
  }

  get serving(): Worker[] {
    return [...this.#serving]
  }

  get running(): Worker[] {
    return [...this.#running]
  }

  /** The old workers stop only after the new ones serve. Throws, and keeps the old ones, when a new one cannot start. */
  async replace(): Promise<void> {
    const fresh = Array.from({ length: this.#options.size }, () => this.start())
    try {
      await Promise.all(fresh.map(({ ready }) => ready))
    } catch (error) {
      for (const worker of fresh) this.dismiss(worker)
      throw error
    }
    this.change(fresh)
  }

  change(fresh: readonly Worker[]): void {
    const old = this.serving
    this.#generation += 1
    this.#failures = 0
    for (const worker of fresh) this.#admit(worker)
    for (const worker of old) this.dismiss(worker)
    for (let missing = fresh.length; missing < this.#options.size; missing++) void this.#startAnother(this.#generation)
  }

  tellOne(message: ToWorker): void {
    const [worker] = this.#serving
    if (worker) worker.send(message)
    else this.#untold.push(message)
  }

  drain(deadlineMs: number): void {
    this.#isLeaving = true
    for (const worker of this.#running) worker.send({ tell: 'drain', deadlineMs, away: true })
  }

  /** Resolves with whether all ended in good order. No connection may come after this. */
  async finish(): Promise<boolean> {
    // Those on a file may still pass requests on to those ahead.
    const first = await this.#finish([...this.#running].filter(({ isAhead }) => !isAhead))
    const last = await this.#finish([...this.#running])
    return first && last
  }

  async #finish(workers: readonly Worker[]): Promise<boolean> {
    for (const worker of workers) worker.send({ tell: 'finish' })
    const ends = await Promise.all(workers.map(({ ended }) => ended))
    return ends.every((end) => end === 0)
  }

  cut(): void {
    for (const worker of this.#running) worker.send({ tell: 'cut' })
  }

  kill(): void {
    for (const worker of this.#running) worker.kill()
  }

  start(how?: { isAhead: boolean }): Worker {
    const worker = new Worker(how)
    worker.onNews = (news) => this.#options.onNews?.(news)
    worker.onOrder = (order) => this.#options.onOrder?.(order)
    this.#running.add(worker)
    void worker.ended.then(() => this.#running.delete(worker))
    return worker
  }

  #admit(worker: Worker): void {
    this.#serving.add(worker)
    this.#options.entrance.add(worker)
    this.#options.counts.follow(worker)
    this.#options.onAdmitted?.(worker)
    for (const message of this.#untold.splice(0)) worker.send(message)
    void worker.leaving.then(() => this.#lost(worker, 'a failure'))
    void worker.ended.then((end) => this.#lost(worker, end))
  }

  dismiss(worker: Worker): void {
    this.#serving.delete(worker)
    this.#options.entrance.remove(worker)
    worker.send({ tell: 'drain', deadlineMs: this.#options.deadlineMs, away: false })
    worker.send({ tell: 'finish' })
    const overdue = setTimeout(() => worker.kill(), this.#options.deadlineMs + beyondDeadline).unref()
    void worker.ended.then(() => clearTimeout(overdue))
  }

  #lost(worker: Worker, end: number | string): void {
    if (!this.#serving.has(worker)) return
    this.dismiss(worker)
    if (this.#isLeaving) return
    this.#options.log.error({ worker: worker.pid, end }, 'a worker ended: the primary starts another')
    if (performance.now() - worker.since > settled) this.#failures = 0
    void this.#startAnother(this.#generation)
  }

  async #startAnother(generation: number): Promise<void> {
    const wait = this.#failures && Math.min(pause.shortest * 2 ** (this.#failures - 1), pause.longest)
    this.#failures += 1
    await sleep(wait)
    if (this.#isLeaving || generation !== this.#generation) return
    const worker = this.start()
    const isReady = await worker.ready.then(
      () => true,
      () => false,
    )
    if (this.#isLeaving || generation !== this.#generation) return this.dismiss(worker)
    if (isReady) return this.#admit(worker)
    this.#options.log.error({ worker: worker.pid }, 'a worker could not start: the primary tries again')
    return this.#startAnother(generation)
  }
}
