/** On SQLite a process of its own stores what is saved beside the backups, as it is saved. Of all servers one has it. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isStreamed } from '../../db/backups/open.ts'
import type { Told } from '../backups/stream/looks.ts'
import { entry } from './folders.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'
import { yieldToOthers } from './yield-to-others.ts'

/** In ms. The process that has it may have ended. */
const lookEvery = 2_000
const againAfterMs = 10_000
/** In ms. It tells of each look and, during a long copy, that it goes on: so silent, it hangs at a folder that is away. */
const silentAtMost = 300_000
/** In ms. A folder of another machine that hangs keeps nobody from stopping. */
const endsWithin = 8_000

interface Options {
  log: Log
  folder: string
  isDraining(): boolean
}

class Streaming {
  readonly #options: Options
  #child: ChildProcess | undefined
  #ended: Promise<unknown> = Promise.resolve()
  #hasFailed = false
  #isStopping = false
  #notBefore = 0
  #heardAt = 0

  constructor(options: Options) {
    this.#options = options
  }

  async look(): Promise<void> {
    this.#endSilent()
    if (this.#child || this.#options.isDraining() || performance.now() < this.#notBefore) return
    try {
      if (!(await isStreamed())) this.#start()
    } catch (error) {
      this.#fail({ error: described(error) })
    }
  }

  /** It also holds the log of the register, which grows meanwhile. */
  #endSilent(): void {
    if (!this.#child || performance.now() - this.#heardAt < silentAtMost) return
    this.#fail({ reason: 'silent' })
    this.#child.kill('SIGKILL')
  }

  #hear({ failure, isAtWork, stuck }: Told): void {
    this.#heardAt = performance.now()
    if (failure) this.#fail({ reason: failure })
    else if (stuck) this.#options.log.warn({ reason: stuck }, 'an old backup could not be removed')
    else if (!isAtWork) this.#goOn()
  }

  #start(): void {
    const child = fork(entry, ['backup', 'stream', '--folder', this.#options.folder], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child = child
    this.#heardAt = performance.now()
    yieldToOthers(child.pid)
    child.on('message', (told: Told) => this.#hear(told))
    this.#ended = new Promise<void>((resolve) => {
      const end = () => {
        this.#child = undefined
        resolve()
      }
      child.once('exit', (code, signal) => {
        if (code !== 0 && !this.#isStopping) this.#fail({ reason: String(code ?? signal) })
        end()
      })
      child.once('error', (error) => {
        this.#fail({ error: described(error) })
        if (child.pid === undefined) end()
      })
    })
  }

  #fail(fields: object): void {
    this.#notBefore = performance.now() + againAfterMs
    if (!this.#hasFailed)
      this.#options.log.error(fields, 'what is saved could not be stored beside the backups: the server goes on trying')
    this.#hasFailed = true
  }

  #goOn(): void {
    if (this.#hasFailed) this.#options.log.info('what is saved is stored beside the backups again')
    this.#hasFailed = false
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#child?.kill('SIGTERM')
    await Promise.race([this.#ended, sleep(endsWithin, undefined, { ref: false })])
    this.#child?.kill('SIGKILL')
  }
}

export function keepStreaming(options: Options): () => Promise<void> {
  const streaming = new Streaming(options)
  const looks = repeat(lookEvery, () => streaming.look())
  return async () => {
    await looks.stop()
    await streaming.stop()
  }
}
