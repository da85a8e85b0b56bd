import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { entry } from '../runtime/folders.ts'
import type { ToPrimary, ToWorker } from './messages.ts'
import { SaidError } from './said-error.ts'

/** In ms. */
const metricsPatience = 2000

/** A worker as the primary sees it. */
export class Worker {
  /** Resolves once it takes connections; rejects when it ends before that, after saying why on the console. */
  readonly ready: Promise<void>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  /** It wants to end by itself. */
  readonly leaving: Promise<void>
  readonly since = performance.now()
  readonly #child: ChildProcess
  readonly #asked = new Map<number, (metrics: object[]) => void>()
  #asks = 0
  #taken: () => void = () => undefined

  constructor() {
    this.#child = fork(entry, ['worker'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(code ?? signal ?? 1)))
    this.ready = Promise.race([
      this.#told('ready'),
      this.ended.then((end) => Promise.reject(new SaidError(`a worker ended with ${end} before it was ready`))),
    ])
    this.ready.catch(() => undefined)
    this.leaving = this.#told('leaving')
    this.#child.on('message', (message: ToPrimary) => {
      if (message.tell === 'taken') this.#taken()
      else if (message.tell === 'metrics') this.#asked.get(message.ask)?.(message.metrics)
    })
    // What can't be delivered to a worker that has gone is told by `ended`.
    this.#child.on('error', () => undefined)
  }

  #told(word: ToPrimary['tell']): Promise<void> {
    return new Promise((resolve) =>
      this.#child.on('message', ({ tell }: ToPrimary) => {
        if (tell === word) resolve()
      }),
    )
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  tell(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  /** Resolves with whether it has the connection; where not, it is still the primary's. */
  async pass(socket: Socket): Promise<boolean> {
    if (!this.#child.connected) return false
    const taken = new Promise<boolean>((resolve) => {
      this.#taken = () => resolve(true)
      this.#child.send({ tell: 'socket' } satisfies ToWorker, socket, { keepOpen: true }, (error) => {
        if (error) resolve(false)
      })
    })
    return Promise.race([taken, this.ended.then(() => false)])
  }

  /** What it has counted; nothing when it does not answer in time. */
  async metrics(): Promise<object[]> {
    const ask = this.#asks++
    const answer = new Promise<object[]>((resolve) => this.#asked.set(ask, resolve))
    this.tell({ tell: 'metrics', ask })
    const late = sleep(metricsPatience, [], { ref: false })
    const metrics = await Promise.race([answer, late, this.ended.then(() => [])])
    this.#asked.delete(ask)
    return metrics
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }
}
