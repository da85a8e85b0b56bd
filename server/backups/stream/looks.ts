import type { Database } from '../../../db/database.ts'
import { refuseEmptied } from '../emptied.ts'
import { failureOf } from '../failure.ts'
import type { Stream } from './stream.ts'
import { tellStored, tellUnstored } from './told.ts'

const signEveryMs = 10_000

export interface Told {
  failure?: string
  isAtWork?: true
  stuck?: string
}

interface Options {
  db: Database
  folder: string
  tell(told: Told): void
}

/** Tells, now and then, of work that goes on: whoever hears nothing for minutes takes it for hanging. */
export function signsOf(tell: Options['tell']): () => void {
  let notBefore = 0
  return () => {
    if (performance.now() < notBefore) return
    notBefore = performance.now() + signEveryMs
    tell({ isAtWork: true })
  }
}

export class Looks {
  readonly #options: Options
  readonly #stream: Stream
  #failedAt: Date | undefined

  constructor(stream: Stream, options: Options) {
    this.#stream = stream
    this.#options = options
  }

  async look(): Promise<void> {
    const { db, folder, tell } = this.#options
    try {
      await refuseEmptied(db, folder, new Date())
      const at = await this.#stream.look()
      const { place, begunAt } = this.#stream
      if (place && begunAt) await tellStored(db, place, begunAt, at)
      this.#failedAt = undefined
      tell({})
    } catch (error) {
      this.#relieve()
      await this.#fail(failureOf(error))
    }
  }

  /** The failure that is told is the one that came first. */
  #relieve(): void {
    try {
      this.#stream.relieve()
    } catch {}
  }

  async #fail(failure: string): Promise<void> {
    this.#failedAt ??= new Date()
    this.#options.tell({ failure })
    // The database may be what is away.
    await tellUnstored(this.#options.db, failure, this.#failedAt).catch(() => undefined)
  }
}
