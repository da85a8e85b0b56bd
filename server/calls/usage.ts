/** Each minute a process adds to the day what it saw of it. Where writes of different schools don't wait for each other nothing is kept. */

import type { Column, SQL } from 'drizzle-orm'
import { and, gt, gte, lt, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { databaseSize } from '../../db/facts.ts'
import { instances, sessions, usageDays } from '../../db/schema/index.ts'
import { countColumns } from './minutes.ts'

export type UsageDay = typeof usageDays.$inferInsert

const maxima = ['people', 'peopleAtOnce', 'processes', 'busiest'] as const
type Seen = Pick<UsageDay, 'size' | (typeof maxima)[number]>

/** In days. */
export const usageKept = 90
const day = 86_400_000
/** In ms. People and size are counted anew so often. */
const lookEvery = 5 * 60_000
/** In ms. A process reports itself every ten seconds. */
const goneAfter = 60_000

export const usageDateOf = (at: Date): string => at.toISOString().slice(0, 10)

const most = (column: Column, value: number): SQL =>
  sql`case when ${column} > ${value} then ${column} else ${value} end`

/** A session says once a minute that it is in use, so that who was at work is known without following anybody. */
async function peopleSince(tx: Transaction, since: Date): Promise<number> {
  const [row] = await tx
    .select({ people: sql<number>`count(distinct ${sessions.userId})`.mapWith(Number) })
    .from(sessions)
    .where(gte(sessions.lastSeenAt, since))
  return row?.people ?? 0
}

async function lookedAt(tx: Transaction, now: Date) {
  const from = new Date(`${usageDateOf(now)}T00:00:00Z`)
  const isServing = and(gt(instances.seenAt, new Date(now.getTime() - goneAfter)), ne(instances.isDraining, true))
  return {
    size: await databaseSize(tx),
    people: await peopleSince(tx, from),
    peopleAtOnce: await peopleSince(tx, new Date(now.getTime() - lookEvery)),
    processes: await tx.$count(instances, isServing),
  }
}

export class Usage {
  readonly #waits: () => readonly number[] | null
  #before: readonly number[]
  #processor = process.cpuUsage()
  #since = performance.now()
  #busiest = 0
  #looked = { date: '', at: 0 }

  constructor({ waits }: Pick<Database, 'waits'>) {
    this.#waits = waits
    this.#before = waits() ?? []
  }

  take(): void {
    const { user, system } = process.cpuUsage(this.#processor)
    const elapsed = performance.now() - this.#since
    // A process that has just started compiles its code.
    if (elapsed > 30_000) this.#busiest = Math.max(this.#busiest, Math.round((user + system) / 10 / elapsed))
    this.#processor = process.cpuUsage()
    this.#since = performance.now()
  }

  async write(tx: Transaction, now: Date): Promise<() => void> {
    const waits = this.#waits()
    if (!waits) return () => undefined
    const date = usageDateOf(now)
    const isDue = date !== this.#looked.date || performance.now() - this.#looked.at >= lookEvery
    const nothing = { size: 0, people: 0, peopleAtOnce: 0, processes: 0 }
    const seen = isDue ? await lookedAt(tx, now) : nothing
    await this.#add(tx, date, { ...seen, busiest: this.#busiest }, waits)
    if (isDue)
      await tx.delete(usageDays).where(lt(usageDays.date, usageDateOf(new Date(now.getTime() - usageKept * day))))
    return () => {
      this.#before = waits
      this.#busiest = 0
      if (isDue) this.#looked = { date, at: performance.now() }
    }
  }

  async #add(tx: Transaction, date: string, seen: Seen, waits: readonly number[]): Promise<void> {
    const counts = countColumns.map((name, index) => [name, (waits[index] ?? 0) - (this.#before[index] ?? 0)] as const)
    const sums = counts.map(([name, count]) => [name, sql`${usageDays[name]} + ${count}`])
    const largest = maxima.map((name) => [name, most(usageDays[name], seen[name])])
    const size = seen.size || usageDays.size
    await tx
      .insert(usageDays)
      .values({ date, ...seen, ...Object.fromEntries(counts) } as UsageDay)
      .onConflictDoUpdate({ target: usageDays.date, set: { size, ...Object.fromEntries([...sums, ...largest]) } })
  }
}
