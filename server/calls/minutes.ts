/** What procedure-times.ts counts, cut into minutes: rows for all processes of the installation to be told from. */
import { lt } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { procedureMinutes } from '../../db/schema/index.ts'
import { durationBounds } from '../../db/values.ts'
import { instanceId } from './instance-id.ts'
import { allTimes, failures } from './procedure-times.ts'

export type MinuteRow = typeof procedureMinutes.$inferInsert

/** The columns of the counts by time, in the order of `durationBounds`. */
export const countColumns = [...durationBounds.map((bound) => `within${bound}` as const), 'longer'] as const

/** In ms. */
const minute = 60_000
const keptFor = 24 * 60 * minute
/** Rows of one statement; and how many wait at most for a database that is away: minutes, not hours. */
const rowsAtOnce = 200
const waitingAtMost = 2000

/** The beginning of the minute that `at` is in. */
export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / minute) * minute)

/** Of a procedure: refused, failed, microseconds, and its counts by time. */
type Sums = number[]
function sumsByProcedure(): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const { procedure, code, counts, total } of allTimes()) {
    const calls = counts.reduce((sum, count) => sum + count, 0)
    const hasFailed = failures.includes(code)
    const own = [code === 'ok' || hasFailed ? 0 : calls, hasFailed ? calls : 0, Math.round(total * 1000), ...counts]
    const before = sums.get(procedure)
    sums.set(procedure, before ? own.map((value, index) => value + (before[index] ?? 0)) : own)
  }
  return sums
}

function rowOf(procedure: string, minuteAt: Date, [refused = 0, failed = 0, microseconds = 0, ...counts]: Sums) {
  const byTime = Object.fromEntries(countColumns.map((column, index) => [column, counts[index] ?? 0]))
  const calls = counts.reduce((sum, count) => sum + count, 0)
  return { instanceId, minuteAt, procedure, calls, refused, failed, microseconds, ...byTime } as MinuteRow
}

/** The minutes of this process that are not in the database yet. */
export class Minutes {
  #before = sumsByProcedure()
  #waiting: MinuteRow[] = []
  #current: Date

  constructor(now: Date) {
    this.#current = minuteOf(now)
  }

  /** Whether a minute is over that has not been taken. */
  isOver(now: Date): boolean {
    return minuteOf(now).getTime() !== this.#current.getTime()
  }

  /** Ends the minute: what was called in it waits to be written. */
  take(now: Date): void {
    const sums = sumsByProcedure()
    for (const [procedure, own] of sums) {
      const before = this.#before.get(procedure)
      const since = before ? own.map((value, index) => value - (before[index] ?? 0)) : own
      if (since.some((value) => value > 0)) this.#waiting.push(rowOf(procedure, this.#current, since))
    }
    this.#before = sums
    this.#current = minuteOf(now)
    this.#waiting = this.#waiting.slice(-waitingAtMost)
  }

  /** Writes what waits, and forgets what is a day old. Repeated, it writes nothing twice. Answers how many it wrote. */
  async write(tx: Transaction, now: Date): Promise<number> {
    const rows = [...this.#waiting]
    for (let start = 0; start < rows.length; start += rowsAtOnce)
      await tx
        .insert(procedureMinutes)
        .values(rows.slice(start, start + rowsAtOnce))
        .onConflictDoNothing()
    await tx.delete(procedureMinutes).where(lt(procedureMinutes.minuteAt, new Date(now.getTime() - keptFor)))
    return rows.length
  }

  /** The first `count` are in the database for good. */
  done(count: number): void {
    this.#waiting.splice(0, count)
  }
}
