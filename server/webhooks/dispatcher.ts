import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import type { DeliverOptions, Disabled } from './deliver.ts'
import { deliver } from './deliver.ts'
import type { Due } from './lease.ts'
import { dueWebhooks, schoolsWithWebhooks } from './lease.ts'

/** Those that fail wait for half of the places at most, so that they never take the last one of another. */
export const atOnce = 32

export interface DispatchOptions extends Omit<DeliverOptions, 'signal'> {
  disabled(because: NonNullable<Disabled>): void
  failed(error: unknown): void
}

/** In one process: which webhooks are sent to now. */
export class Dispatcher {
  readonly #db: Database
  readonly #options: DispatchOptions
  readonly #running = new Map<string, { isFailing: boolean; ended: Promise<void> }>()
  readonly #cut = new AbortController()
  #schools: ReadonlySet<number> = new Set()
  #ended: () => void = () => undefined

  constructor(db: Database, options: DispatchOptions) {
    this.#db = db
    this.#options = options
  }

  /** A school without webhooks need not be looked at after its commits. */
  has(schoolId: number): boolean {
    return this.#schools.has(schoolId)
  }

  /** What came while a webhook was sent to is looked for as soon as that has ended. */
  onEnded(look: () => void): void {
    this.#ended = look
  }

  async look(): Promise<void> {
    if (this.#options.isStopping()) return
    try {
      await this.#lookForDue()
    } catch (error) {
      this.#fail(error)
    }
  }

  async #lookForDue(): Promise<void> {
    const { sending, now } = this.#options
    this.#schools = await schoolsWithWebhooks(this.#db)
    if (!this.#schools.size) return
    for (const due of await dueWebhooks(this.#db, sending.from, now(), 2 * atOnce)) this.#begin(due)
  }

  #begin(due: Due): void {
    const key = `${due.schoolId} ${due.webhookId}`
    const isFailing = due.attempts > 0
    const failing = [...this.#running.values()].filter((one) => one.isFailing).length
    if (this.#running.has(key) || this.#running.size >= atOnce || (isFailing && failing >= atOnce / 2)) return
    const ended = this.#deliver(due).finally(() => {
      this.#running.delete(key)
      this.#ended()
    })
    this.#running.set(key, { isFailing, ended })
  }

  async #deliver(due: Due): Promise<void> {
    try {
      const because = await deliver(this.#db, due, { ...this.#options, signal: this.#cut.signal })
      if (because) this.#options.disabled(because)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** A database that is away is reported once for all who ask it. A lease ends by itself. */
  #fail(error: unknown): void {
    if (!(error instanceof UnavailableError)) this.#options.failed(error)
  }

  /** What is sent at this moment may still be answered; then it is cut, and sent again by another process. */
  async stop(graceMs: number): Promise<void> {
    const cut = setTimeout(() => this.#cut.abort(), graceMs)
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
    clearTimeout(cut)
  }

  /** For tests: resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size) await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }
}
