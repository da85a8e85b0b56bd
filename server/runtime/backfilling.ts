/** Every process asks what is still to be filled, and one of them all does it. */

import type { Database } from '../../db/database.ts'
import type { Backfill } from '../backfills/backfill.ts'
import { declaredBackfills } from '../backfills/declared.ts'
import type { BackfillRow } from '../backfills/progress.ts'
import { isDue, isUnchecked, readBackfills } from '../backfills/progress.ts'
import { runBackfill } from '../backfills/run.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { stepNumber } from './schema-range.ts'

const lookEveryMs = 5_000

interface Options {
  log: Log
  isDraining(): boolean
  /** Whoever looks after the register has turned the filling off for a while. */
  isPaused?: () => boolean
  backfills?: readonly Backfill[]
}

class Backfilling {
  readonly #db: Database
  readonly #options: Options
  readonly #backfills: readonly Backfill[]
  /** Rows that a server of the release before has written until now are looked for once more. */
  readonly #since = new Date()
  readonly #failing = new Set<string>()
  #isStopped = false
  isOver = false

  constructor(db: Database, options: Options) {
    this.#db = db
    this.#options = options
    this.#backfills = options.backfills ?? declaredBackfills
  }

  async look(): Promise<void> {
    if (this.#options.isPaused?.()) return
    await this.#patiently('', async () => {
      const known = await this.#rows()
      for (const backfill of this.#backfills)
        if (isDue(known.get(backfill.name), this.#since, new Date()) && !this.#isStopping())
          await this.#patiently(backfill.name, () => this.#run(backfill, known.get(backfill.name)?.rowsDone ?? 0))
      const now = await this.#rows()
      this.isOver = this.#backfills.every(({ name }) => !isUnchecked(now.get(name), this.#since, new Date()))
    })
  }

  readonly #isStopping = () => this.#isStopped || this.#options.isDraining() || Boolean(this.#options.isPaused?.())

  async #rows(): Promise<Map<string, BackfillRow>> {
    return new Map((await readBackfills(this.#db)).map((row) => [row.name, row]))
  }

  async #run(backfill: Backfill, doneBefore: number): Promise<void> {
    const row = await runBackfill(this.#db, backfill, this.#since, {
      now: () => new Date(),
      isStopping: this.#isStopping,
      stepOf: stepNumber,
    })
    if (row) this.#say(backfill.name, row, row.rowsDone - doneBefore)
  }

  #say(backfill: string, { state, rowsLeft, failure }: BackfillRow, filled: number): void {
    const { log } = this.#options
    const fields = { backfill, filled, left: rowsLeft }
    if (state === 'failed')
      log.error({ ...fields, reason: failure }, 'older rows could not be filled: a server tries again')
    if (!filled) return
    if (state === 'done') log.info(fields, 'older rows were filled, and none is left')
    if (state === 'filling') log.info(fields, 'older rows are being filled: another process goes on')
    if (state === 'waiting')
      log.info(fields, 'older rows were filled: they are looked at again once no server of the release before serves')
  }

  async #patiently(backfill: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#failing.delete(backfill)
    } catch (error) {
      if (!this.#failing.has(backfill))
        this.#options.log.error(
          { backfill, error: described(error) },
          'older rows could not be filled: a server tries again',
        )
      this.#failing.add(backfill)
    }
  }

  stop(): void {
    this.#isStopped = true
  }
}

/** Call the answer to stop: the batch that is under way is finished, and another process goes on after it. */
export function keepBackfilling(db: Database, options: Options): () => Promise<void> {
  const backfilling = new Backfilling(db, options)
  let looking: Promise<void> | undefined
  const look = () => {
    looking ??= backfilling.look().finally(() => {
      looking = undefined
      if (backfilling.isOver) clearInterval(timer)
    })
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  look()
  return async () => {
    clearInterval(timer)
    backfilling.stop()
    await looking
  }
}
