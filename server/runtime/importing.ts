/** An import keeps a processor busy for seconds, so a process of its own does it, while this one serves. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Database } from '../../db/database.ts'
import { waits } from '../imports/lease.ts'
import { sweepImports } from '../imports/sweep.ts'
import { onWake } from '../imports/wake.ts'
import { sweepPhotos } from '../photos/sweep.ts'
import { entry } from './folders.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'

/** In ms. Another server may have been given the work, or may have ended with it half done. */
const lookEvery = 1_000
const sweepEvery = 3_600_000

interface Options {
  log: Log
  isDraining(): boolean
}

class Importing {
  readonly #db: Database
  readonly #options: Options
  #child: ChildProcess | undefined
  #ended: Promise<void> = Promise.resolve()
  #swept = Number.NEGATIVE_INFINITY
  #hasFailed = false

  constructor(db: Database, options: Options) {
    this.#db = db
    this.#options = options
  }

  async look(): Promise<void> {
    if (this.#options.isDraining()) return
    try {
      await this.#sweep()
      if (await waits(this.#db, new Date())) this.#work()
      this.#hasFailed = false
    } catch (error) {
      this.#fail(error)
    }
  }

  async #sweep(): Promise<void> {
    if (performance.now() - this.#swept < sweepEvery) return
    this.#swept = performance.now()
    await sweepImports(this.#db, new Date())
    await sweepPhotos(this.#db, new Date())
  }

  #work(): void {
    if (this.#options.isDraining()) return
    if (this.#child?.connected) return void this.#child.send('work', () => undefined)
    if (this.#child) return
    const child = fork(entry, ['importer'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#child = undefined
        resolve()
      }
      child.once('exit', end)
      child.once('error', (error) => {
        this.#fail(error)
        if (child.pid === undefined) end()
      })
    })
  }

  /** A database that is away, or a machine without room for a process, is said once. */
  #fail(error: unknown): void {
    if (!this.#hasFailed) this.#options.log.error({ error: described(error) }, 'an import could not go on')
    this.#hasFailed = true
  }

  /** What is written at this moment is written to its end; the rest waits for another process. */
  async stop(): Promise<void> {
    if (this.#child?.connected) this.#child.disconnect()
    await this.#ended
  }
}

/** Call the answer to stop. It resolves once nothing of an import is under way here. */
export function keepImporting(db: Database, options: Options): () => Promise<void> {
  const importing = new Importing(db, options)
  const looks = repeat(lookEvery, () => importing.look())
  const unwake = onWake(db, looks.look)
  return async () => {
    unwake()
    await looks.stop()
    await importing.stop()
  }
}
