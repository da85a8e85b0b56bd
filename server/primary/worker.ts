import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { makesCode } from '../../db/sqlite-driver-name.ts'
import type { Door } from '../handover/door.ts'
import type { MoveNews } from '../handover/handover.ts'
import type { MoverOrder } from '../moves/primary.ts'
import { entry } from '../runtime/folders.ts'
import type { ToPrimary, ToWorker } from '../runtime/messages.ts'
import { SaidError } from './said-error.ts'

const metricsPatienceMs = 2000
/** In ms. A busy worker takes a connection late; one without room for it never answers. */
const passPatience = 10_000

/** No input reaches a prototype, and what serves makes no code from text where the driver of SQLite needs none. */
const hardened = ['--disable-proto=delete', ...(makesCode ? [] : ['--disallow-code-generation-from-strings'])]

/** Undefined where the machine has no room for another process: Node throws, or reports an error later. */
function started(isAhead: boolean): ChildProcess | undefined {
  try {
    const execArgv = [...process.execArgv, ...hardened]
    return fork(entry, ['worker', ...(isAhead ? ['--ahead'] : [])], {
      execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  } catch {
    return undefined
  }
}

const endOf = (child: ChildProcess | undefined) =>
  new Promise<number | string>((resolve) => {
    if (!child) resolve('no process could be started')
    child?.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
    // A message to a worker that has ended is an error too; `exit` reports its end.
    child?.on('error', ({ message }) => {
      if (child.pid === undefined) resolve(message)
    })
  })

/** Nothing may wait for `ended` with a connection in its closure: it would stay in memory until then. */
export class Worker {
  /** Rejects when the worker ends first, after it has printed why. */
  readonly ready: Promise<void>
  readonly ended: Promise<number | string>
  readonly leaving: Promise<void>
  /** Only a worker that ends in good order sends its counts. */
  readonly counted: Promise<object[]>
  readonly since = performance.now()
  /** It has connected to where the register moves, and serves once that is there. */
  readonly isAhead: boolean
  onNews: (news: MoveNews) => void = () => undefined
  onOrder: (order: MoverOrder) => void = () => undefined
  readonly #child: ChildProcess | undefined
  readonly #asked = new Map<number, (metrics: object[] | undefined) => void>()
  #asks = 0
  #passed: (isTaken: boolean) => void = () => undefined

  constructor({ isAhead = false } = {}) {
    this.isAhead = isAhead
    this.#child = started(isAhead)
    this.ended = endOf(this.#child)
    this.ready = new Promise((resolve, reject) => {
      this.#on('ready', () => resolve())
      void this.ended.then((end) => reject(new SaidError(`a worker ended with ${end} before it was ready`)))
    })
    this.ready.catch(() => undefined)
    this.leaving = new Promise((resolve) => this.#on('leaving', () => resolve()))
    this.counted = new Promise((resolve) => this.#on('counted', ({ metrics }) => resolve(metrics)))
    this.#child?.on('message', (message: ToPrimary) => {
      if (message.tell === 'taken') this.#passed(true)
      else if (message.tell === 'move') this.onNews(message.news)
      else if (message.tell === 'mover') this.onOrder(message.order)
      else if (message.tell === 'metrics') this.#asked.get(message.ask)?.(message.metrics)
    })
    void this.ended.then(() => {
      this.#passed(false)
      for (const answer of this.#asked.values()) answer(undefined)
    })
  }

  #on<Word extends ToPrimary['tell']>(word: Word, handle: (message: Extract<ToPrimary, { tell: Word }>) => void): void {
    this.#child?.on('message', (message: ToPrimary) => {
      if (message.tell === word) handle(message as Extract<ToPrimary, { tell: Word }>)
    })
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  send(message: ToWorker): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined)
  }

  /** Resolves with false when the primary still has the connection. A late worker counts as having it, since it may serve it. */
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

  async open(): Promise<Door> {
    const opened = new Promise<Door>((resolve) => this.#on('door', ({ door }) => resolve(door)))
    const ended = this.ended.then((end) => Promise.reject(new SaidError(`a worker ended with ${end} before it opened`)))
    this.send({ tell: 'open' })
    return Promise.race([opened, ended])
  }

  metrics(): Promise<object[] | undefined> {
    const ask = this.#asks++
    return new Promise((resolve) => {
      const answer = (metrics: object[] | undefined) => {
        clearTimeout(late)
        this.#asked.delete(ask)
        resolve(metrics)
      }
      const late = setTimeout(answer, metricsPatienceMs, undefined)
      this.#asked.set(ask, answer)
      this.send({ tell: 'metrics', ask })
    })
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }
}
