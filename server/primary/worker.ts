import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { entry } from '../runtime/folders.ts'
import type { ToPrimary, ToWorker } from '../runtime/messages.ts'
import { SaidError } from './said-error.ts'

/** In ms. */
const metricsPatience = 2000
/** A worker that is busy takes a connection late; one that has no room for it never says so. In ms. */
const passPatience = 10_000

/** Undefined where the machine has no room for another process, as Node says by throwing or, later, by an error. */
function started(): ChildProcess | undefined {
  try {
    return fork(entry, ['worker'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  } catch {
    return undefined
  }
}

/** Resolves with the exit code, the signal that ended it, or why it never began. */
const endOf = (child: ChildProcess | undefined) =>
  new Promise<number | string>((resolve) => {
    if (!child) resolve('no process could be started')
    child?.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
    // What can't be delivered to a worker that has gone is an error too: its end is told by `exit`.
    child?.on('error', ({ message }) => {
      if (child.pid === undefined) resolve(message)
    })
  })

/** A worker as the primary sees it. Nothing may wait for `ended` with each connection: it would be kept until then. */
export class Worker {
  /** Resolves once it takes connections; rejects when it ends before that, after saying why on the console. */
  readonly ready: Promise<void>
  /** Its exit code, the signal that ended it, or why it never began. */
  readonly ended: Promise<number | string>
  /** It wants to end by itself. */
  readonly leaving: Promise<void>
  /** What it has counted until its end, where it ends in order. */
  readonly counted: Promise<object[]>
  readonly since = performance.now()
  readonly #child = started()
  readonly #asked = new Map<number, (metrics: object[] | undefined) => void>()
  #asks = 0
  #passed: (isTaken: boolean) => void = () => undefined

  constructor() {
    this.ended = endOf(this.#child)
    this.ready = new Promise((resolve, reject) => {
      this.#told('ready', () => resolve())
      void this.ended.then((end) => reject(new SaidError(`a worker ended with ${end} before it was ready`)))
    })
    this.ready.catch(() => undefined)
    this.leaving = new Promise((resolve) => this.#told('leaving', () => resolve()))
    this.counted = new Promise((resolve) => this.#told('counted', ({ metrics }) => resolve(metrics)))
    this.#child?.on('message', (message: ToPrimary) => {
      if (message.tell === 'taken') this.#passed(true)
      else if (message.tell === 'metrics') this.#asked.get(message.ask)?.(message.metrics)
    })
    void this.ended.then(() => {
      this.#passed(false)
      for (const answer of this.#asked.values()) answer(undefined)
    })
  }

  #told<Word extends ToPrimary['tell']>(
    word: Word,
    heard: (message: Extract<ToPrimary, { tell: Word }>) => void,
  ): void {
    this.#child?.on('message', (message: ToPrimary) => {
      if (message.tell === word) heard(message as Extract<ToPrimary, { tell: Word }>)
    })
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  tell(message: ToWorker): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined)
  }

  /**
   * Resolves with whether it has the connection; where not, it is still the primary's. After a while it counts as taken,
   * because a worker that was held up may serve it yet.
   */
  pass(socket: Socket): Promise<boolean> {
    const child = this.#child
    if (!child?.pid || !child.connected) return Promise.resolve(false)
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#passed(true), passPatience)
      this.#passed = (isTaken) => {
        clearTimeout(late)
        this.#passed = () => undefined
        resolve(isTaken)
      }
      const message: ToWorker = { tell: 'socket' }
      child.send(message, socket, { keepOpen: true }, (error) => error && this.#passed(false))
    })
  }

  /** What it has counted; undefined when it does not answer in time. */
  metrics(): Promise<object[] | undefined> {
    const ask = this.#asks++
    return new Promise((resolve) => {
      const answer = (metrics: object[] | undefined) => {
        clearTimeout(late)
        this.#asked.delete(ask)
        resolve(metrics)
      }
      const late = setTimeout(answer, metricsPatience, undefined)
      this.#asked.set(ask, answer)
      this.tell({ tell: 'metrics', ask })
    })
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }
}
