import type { Agent } from 'node:http'
import type { Database } from '../../db/database.ts'
import type { Resolve, Sending } from './address.ts'
import { failsFor, waitAfter } from './backoff.ts'
import type { WebhookKey } from './deliveries.ts'
import { disableWebhook } from './disable.ts'
import type { Event } from './events.ts'
import { eventsAfter, eventsAtOnce, messageOf } from './events.ts'
import type { Leased } from './lease.ts'
import { claim, keep, release, targetOf } from './lease.ts'
import { signedHeaders } from './secret.ts'
import type { Answered } from './send.ts'
import { agentFor, send } from './send.ts'

export interface DeliverOptions {
  sending: Sending & { from: string }
  now(): Date
  isStopping(): boolean
  /** Ends what is under way. */
  signal: AbortSignal
  random?: () => number
  resolve?: Resolve | undefined
  limitMs?: number | undefined
  /** What became of each attempt. */
  note?: (answered: Answered) => void
}

/** In ms. So often the position is written, and after the longer one others get their turn. */
const keptEvery = 250
const turnFor = 30_000

type Target = NonNullable<Awaited<ReturnType<typeof targetOf>>>
export type Disabled = 'failing' | 'gone' | undefined
const over = Symbol('over')

class Delivery {
  readonly #db: Database
  readonly #job: Leased
  readonly #options: DeliverOptions
  readonly #began = performance.now()
  #keptAt = performance.now()
  #position: number
  #last: { lastAt: Date; lastStatus: number | null } | undefined
  #agent: Agent | undefined

  constructor(db: Database, job: Leased, options: DeliverOptions) {
    this.#db = db
    this.#job = job
    this.#options = options
    this.#position = job.position
  }

  async run(): Promise<Disabled> {
    try {
      for (;;) {
        const ended = await this.#batch()
        if (ended !== undefined) return ended === over ? undefined : ended
      }
    } finally {
      this.#agent?.destroy()
    }
  }

  get #kept() {
    const well = { ...this.#last, lastProblem: null, attempts: 0, failingSince: null }
    return { position: this.#position, ...(this.#last && well) }
  }

  async #batch(): Promise<Disabled | typeof over> {
    const { sending, now } = this.#options
    const target = await targetOf(this.#db, this.#job, sending.from)
    const events = target ? await eventsAfter(this.#db, this.#job.schoolId, this.#position) : []
    for (const event of events) {
      const ended = await this.#tell(target as Target, event)
      if (ended !== undefined) return ended
    }
    const isTurn = performance.now() - this.#began < turnFor
    if (events.length === eventsAtOnce && isTurn) return undefined
    // Whoever had a turn comes after those that wait.
    await release(this.#db, this.#job, { ...this.#kept, nextAt: now() })
    return over
  }

  async #tell(target: Target, event: Event): Promise<Disabled | typeof over> {
    if (this.#options.isStopping()) return this.#stop()
    if (target.entities.some((entity) => entity === event.entity)) {
      const answered = await this.#send(target, event)
      if (!answered) return this.#stop()
      this.#options.note?.(answered)
      if (answered.problem) return this.#fail(answered)
      this.#last = { lastAt: this.#options.now(), lastStatus: answered.status }
    }
    this.#position = event.number
    if (performance.now() - this.#keptAt < keptEvery) return undefined
    this.#keptAt = performance.now()
    return (await keep(this.#db, this.#job, this.#options.now(), this.#kept)) ? undefined : over
  }

  #send({ url, school }: Target, event: Event): Promise<Answered | undefined> {
    const { sending, resolve, limitMs, signal, now } = this.#options
    const { id, body } = messageOf(school, event)
    this.#agent ??= agentFor(url)
    const headers = signedHeaders(this.#job, id, body, now())
    return send(url, headers, body, { sending, resolve, limitMs, signal, agent: this.#agent })
  }

  async #stop(): Promise<typeof over> {
    await release(this.#db, this.#job, this.#kept)
    return over
  }

  async #fail({ status, problem }: Answered): Promise<Disabled | typeof over> {
    const now = this.#options.now()
    const known = this.#last ? { attempts: 0, failingSince: null } : this.#job
    const attempts = known.attempts + 1
    const failingSince = known.failingSince ?? now
    const nextAt = new Date(now.getTime() + waitAfter(attempts, (this.#options.random ?? Math.random)()))
    const last = { lastAt: now, lastStatus: status, lastProblem: problem }
    const set = { position: this.#position, attempts, failingSince, nextAt, ...last }
    if (!(await release(this.#db, this.#job, set))) return over
    if (problem === 'gone') return 'gone'
    return now.getTime() - failingSince.getTime() >= failsFor ? 'failing' : over
  }
}

/** Tells one webhook all that it was not told yet, in order, until nothing is left or something fails. Answers whether it is disabled now. */
export async function deliver(db: Database, key: WebhookKey, options: DeliverOptions): Promise<Disabled> {
  const job = await claim(db, key, options.now())
  if (!job) return undefined
  const ended = await new Delivery(db, job, options).run()
  if (ended) await disableWebhook(db, key, ended, options.now())
  return ended
}
