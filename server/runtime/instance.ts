/** All processes read here which others serve, in which version, and how much they are asked. */
import { hostname } from 'node:os'
import { eq, lt } from 'drizzle-orm'
import { isApplied } from '../../db/applied-step.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { instances } from '../../db/schema/index.ts'
import { instanceId } from '../calls/instance-id.ts'
import { Minutes } from '../calls/minutes.ts'
import { Usage } from '../calls/usage.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'
import { schemaRange } from './schema-range.ts'
import { appVersion } from './version.ts'

/** In ms. A process that has not reported for the longer one is forgotten. */
const beatEvery = 10_000
const forgottenAfter = 24 * 3_600_000
const lookEveryMs = 1000

interface Options {
  log: Log
  isDraining(): boolean
  /** The newest step of this version went while the process started. */
  takenBack(step: string): void
  now?: () => Date
}

class TakenBackError extends Error {}

class Instance {
  readonly #db: Database
  readonly #options: Options
  readonly #now: () => Date
  readonly #minutes: Minutes
  readonly #usage: Usage
  readonly #about: Omit<typeof instances.$inferInsert, 'seenAt' | 'isDraining'>
  #lastBeat = Number.NEGATIVE_INFINITY
  #saidDraining = false
  #hasFailed = false
  #hasReported = false
  readonly #newest: string

  constructor(db: Database, options: Options) {
    this.#db = db
    this.#options = options
    this.#now = options.now ?? (() => new Date())
    const startedAt = this.#now()
    const { min: schemaMin, max: schemaMax, newest } = schemaRange()
    this.#newest = newest
    const [host, version] = [hostname().slice(0, 255), appVersion.slice(0, 100)]
    this.#about = { id: instanceId, host, pid: process.pid, version, schemaMin, schemaMax, startedAt }
    this.#minutes = new Minutes(startedAt)
    this.#usage = new Usage(db)
  }

  async look(): Promise<void> {
    const now = this.#now()
    const isOver = this.#minutes.isOver(now)
    const isDraining = this.#options.isDraining()
    const isDue = performance.now() - this.#lastBeat >= beatEvery || isDraining !== this.#saidDraining
    if (!isOver && !isDue) return
    this.#lastBeat = performance.now()
    if (isOver) this.#takeMinute(now)
    await this.#patiently(() => this.#beat(now, isDraining, isOver))
  }

  #takeMinute(now: Date): void {
    this.#minutes.take(now)
    this.#usage.take()
  }

  async #writeMinutes(tx: Transaction, now: Date): Promise<() => void> {
    const written = await this.#minutes.write(tx, now)
    const added = await this.#usage.write(tx, now)
    return () => {
      this.#minutes.done(written)
      added()
    }
  }

  async #beat(now: Date, isDraining: boolean, isOver: boolean): Promise<void> {
    const said = { seenAt: now, isDraining }
    const committed = await this.#db.transaction(noSchool, async (tx) => {
      const target = instances.id
      await tx
        .insert(instances)
        .values({ ...this.#about, ...said })
        .onConflictDoUpdate({ target, set: said })
      // Whoever takes steps back looks for reports first, so one of the two sees the other.
      if (!this.#hasReported && !(await isApplied(tx, this.#newest))) throw new TakenBackError()
      if (!isOver) return undefined
      await tx.delete(instances).where(lt(instances.seenAt, new Date(now.getTime() - forgottenAfter)))
      return this.#writeMinutes(tx, now)
    })
    committed?.()
    this.#saidDraining = isDraining
    this.#hasReported = true
  }

  async leave(): Promise<void> {
    const now = this.#now()
    this.#takeMinute(now)
    await this.#patiently(async () => {
      const committed = await this.#db.transaction(noSchool, async (tx) => {
        await tx.delete(instances).where(eq(instances.id, instanceId))
        return this.#writeMinutes(tx, now)
      })
      committed()
    })
  }

  /** A database that is away gets the report later; the log has one line about it. */
  async #patiently(say: () => Promise<void>): Promise<void> {
    try {
      await say()
      this.#hasFailed = false
    } catch (error) {
      if (error instanceof TakenBackError) return this.#options.takenBack(this.#newest)
      if (!this.#hasFailed)
        this.#options.log.warn({ error: described(error) }, 'this process could not report itself in the database')
      this.#hasFailed = true
    }
  }
}

/** Call the answer to stop. It resolves once the process has taken itself off the list. */
export function keepInstance(db: Database, options: Options): () => Promise<void> {
  const instance = new Instance(db, options)
  const looks = repeat(lookEveryMs, () => instance.look())
  return async () => {
    await looks.stop()
    await instance.leave()
  }
}
