/** Each process writes its calls per minute, and the system page reads all processes' rows. */
import { lt } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { procedureMinutes } from '../../db/schema/index.ts'
import { durationBounds } from '../../db/values.ts'
import { instanceId } from './instance-id.ts'
import { allTimes, failures } from './procedure-times.ts'

export type MinuteRow = typeof procedureMinutes.$inferInsert

export const countColumns = [...durationBounds.map((bound) => `within${bound}` as const), 'longer'] as const

const minute = 60_000
const keptFor = 24 * 60 * minute
/** Minutes wait for a database that is away, but not hours. */
const rowsAtOnce = 200
const waitingAtMost = 2000

export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / minute) * minute)

/** The sums are refused, failed, microseconds, and the counts by time. */
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

export class Minutes {
  #before = sumsByProcedure()
  #waiting: MinuteRow[] = []
  #current: Date

  constructor(now: Date) {
    this.#current = minuteOf(now)
  }

  isOver(now: Date): boolean {
    return minuteOf(now).getTime() !== this.#current.getTime()
  }

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

  /** A repeated write adds nothing twice. Returns how many rows it wrote. */
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

  done(count: number): void {
    this.#waiting.splice(0, count)
  }
}
