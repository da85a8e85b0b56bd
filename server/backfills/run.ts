/** Fills to the end, or as far as this process gets: each batch and the place after it are one transaction. */
import { setTimeout as sleep } from 'node:timers/promises'
import { asc, gte } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { schools } from '../../db/schema/index.ts'
import type { Backfill } from './backfill.ts'
import { Pace } from './pace.ts'
import type { BackfillRow, Taken } from './progress.ts'
import {
  beat,
  breakOff,
  end,
  LostError,
  letGo,
  noteAlone,
  noteBatch,
  olderServer,
  take,
  triedAgainAfter,
} from './progress.ts'

const beatEveryMs = 5_000
const askAgain = 10_000

export type Point = 'taken' | 'checked' | 'filled' | 'noted' | 'committed' | 'ended'

export interface RunOptions {
  now(): Date
  isStopping(): boolean
  tell?(point: Point, row: BackfillRow): void
  stepOf(name: string): number
  pause?(ms: number): Promise<unknown>
}

type Given = Required<RunOptions>

class Run {
  readonly #db: Database
  readonly #backfill: Backfill
  readonly #options: Given
  readonly #taken: Taken
  readonly #pace = new Pace()
  readonly #timer: NodeJS.Timeout
  #beating: Promise<unknown> | undefined
  #isLost = false
  #row: BackfillRow

  constructor(db: Database, backfill: Backfill, taken: Taken, options: Given) {
    this.#db = db
    this.#backfill = backfill
    this.#taken = taken
    this.#row = taken
    this.#options = options
    // Counting what is left may take longer than others wait for a sign of life.
    this.#timer = setInterval(() => {
      this.#beating ??= beat(db, taken, options.now())
        .catch((error) => {
          this.#isLost ||= error instanceof LostError
        })
        .finally(() => {
          this.#beating = undefined
        })
    }, beatEveryMs)
    this.#timer.unref()
  }

  readonly #isStopping = () => this.#isLost || this.#options.isStopping()

  async work(): Promise<BackfillRow> {
    try {
      if (this.#row.atSchool !== null) await this.#fillAll(this.#row.atSchool, this.#row.atRow ?? '')
      return await this.#toTheEnd()
    } finally {
      clearInterval(this.#timer)
      await this.#beating
    }
  }

  /** One pass after the other until nothing is left. A server of the release before may write more, so it must have gone. */
  async #toTheEnd(): Promise<BackfillRow> {
    const { now } = this.#options
    for (let filled = 1, passes = 0; !this.#isStopping(); passes++) {
      const older = await olderServer(this.#db, this.#options.stepOf(this.#backfill.since), now())
      // What is filled is looked at again only when that server has gone.
      if (older && this.#row.state === 'waiting') return this.#end({ state: 'waiting', rest: askAgain })
      const rowsLeft = await this.#left()
      if (this.#isStopping()) break
      this.#options.tell('checked', this.#row)
      if (older && (passes || !rowsLeft)) return this.#end({ state: 'waiting', rowsLeft, rest: askAgain })
      if (!rowsLeft) return this.#end({ state: 'done', rowsLeft })
      if (!filled) return this.#end({ state: 'failed', failure: 'rows.left', rowsLeft, rest: triedAgainAfter })
      await this.#begin(rowsLeft)
      filled = await this.#fillAll(0, '')
    }
    return letGo(this.#db, this.#taken)
  }

  async #begin(rowsLeft: number): Promise<void> {
    const change = { state: 'filling', rowsLeft, failure: null, endedAt: null } as const
    this.#row = await noteAlone(this.#db, this.#taken, change)
  }

  async #end(ending: Parameters<typeof end>[2]): Promise<BackfillRow> {
    const row = await end(this.#db, this.#taken, ending, this.#options.now())
    this.#options.tell('ended', row)
    return row
  }

  async #left(): Promise<number> {
    let all = 0
    for (const { id } of await schoolsFrom(this.#db, 0))
      if (!this.#isStopping()) all += await this.#backfill.left(this.#db, id, this.#isStopping)
    return all
  }

  /** A row that can't be filled keeps only its own school waiting. The first such error is thrown at the end. */
  async #fillAll(school: number, row: string): Promise<number> {
    let all = 0
    const failures: unknown[] = []
    for (const { id } of await schoolsFrom(this.#db, school))
      try {
        all += await this.#fillSchool(id, id === school ? row : '')
      } catch (error) {
        if (error instanceof LostError || error instanceof UnavailableError) throw error
        failures.push(error)
      }
    if (failures.length) throw failures[0]
    return all
  }

  async #fillSchool(id: number, row: string): Promise<number> {
    let all = 0
    for (let after: string | null = row; after !== null && !this.#isStopping(); ) {
      const batch = await this.#batch(id, after)
      all += batch.filled
      after = batch.after
    }
    return all
  }

  async #batch(schoolId: number, after: string) {
    const { now, tell, pause } = this.#options
    const [asked, took] = [performance.now(), { waited: 0, held: 0 }]
    const { batch, row } = await this.#db.transaction(schoolId, async (tx) => {
      const begun = performance.now()
      const batch = await this.#backfill.fill(tx, schoolId, after, this.#pace.size)
      tell('filled', this.#row)
      const place =
        batch.after === null ? { atSchool: schoolId + 1, atRow: '' } : { atSchool: schoolId, atRow: batch.after }
      const row = await noteBatch(tx, this.#taken, { filled: batch.filled, ...place }, now())
      tell('noted', row)
      took.waited = begun - asked
      took.held = performance.now() - begun
      return { batch, row }
    })
    this.#row = row
    tell('committed', row)
    await Promise.all([this.#db.giveWay(), pause(this.#pace.after(took))])
    return batch
  }
}

const schoolsFrom = (db: Database, id: number) =>
  db.select({ id: schools.id }).from(schools).where(gte(schools.id, id)).orderBy(asc(schools.id))

const failureOf = (error: unknown): string =>
  error instanceof UnavailableError ? `database.${error.trouble}` : 'internal'

/** Undefined where another process is at it, or where it was looked at since then and nothing was left. */
export async function runBackfill(
  db: Database,
  backfill: Backfill,
  since: Date,
  given: RunOptions,
): Promise<BackfillRow | undefined> {
  const options: Given = { tell: () => {}, pause: sleep, ...given }
  const taken = await take(db, backfill.name, since, options.now())
  if (!taken) return undefined
  options.tell('taken', taken)
  try {
    return await new Run(db, backfill, taken, options).work()
  } catch (error) {
    if (error instanceof LostError) return undefined
    await breakOff(db, taken, failureOf(error), options.now()).catch(() => undefined)
    throw error
  }
}
