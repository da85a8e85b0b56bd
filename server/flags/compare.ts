import type { Column } from 'drizzle-orm'
import { and, eq, gte, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { flagSides } from '../../db/schema/index.ts'
import { countColumns } from '../calls/minutes.ts'
import { quantile } from '../calls/quantile.ts'
import { period, periodOf } from './sides.ts'

/** The guard turns a rollout off where the new side fails by so much more often, in percent of the calls, and each side was called so often. */
export const guard = { margin: 5, leastCalls: 50 } as const

const sum = (column: Column) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)
const counts = Object.fromEntries(countColumns.map((name) => [name, sum(flagSides[name])]))
const sums = {
  calls: sum(flagSides.calls),
  refused: sum(flagSides.refused),
  failed: sum(flagSides.failed),
  unavailable: sum(flagSides.unavailable),
}

interface Asked {
  key: string
  isOn: boolean
  version?: number
  since?: Date
}
export async function readSide(db: Reader, { key, isOn, version, since }: Asked) {
  const [row] = await db
    .select({ ...sums, ...counts })
    .from(flagSides)
    .where(
      and(
        eq(flagSides.key, key),
        eq(flagSides.isOn, isOn),
        version === undefined ? undefined : eq(flagSides.version, version),
        since && gte(flagSides.periodAt, since),
      ),
    )
  const { calls = 0, refused = 0, failed = 0, unavailable = 0, ...byTime } = row ?? {}
  const times = countColumns.map((name) => (byTime as Record<string, number>)[name] ?? 0)
  const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10)
  return {
    calls,
    refused,
    failed,
    unavailable,
    p50: rounded(quantile(times, 0.5)),
    p95: rounded(quantile(times, 0.95)),
  }
}
export type Side = Awaited<ReturnType<typeof readSide>>

/** Since the flag's newest change. Where nobody is on the old side any more, it is told as it was before. */
export async function compareSides(db: Reader, key: string, version: number) {
  const on = await readSide(db, { key, isOn: true, version })
  const off = await readSide(db, { key, isOn: false, version })
  const isEarlier = off.calls < guard.leastCalls
  return { on, off: isEarlier ? await readSide(db, { key, isOn: false }) : off, isEarlier, guard }
}

const isEnough = ({ calls }: Side) => calls >= guard.leastCalls
const percent = (part: number, { calls }: Side) => (100 * part) / calls

/** The last ten to twenty minutes, or since the change where that is too few calls. */
async function newSide(db: Reader, key: string, version: number, since: Date) {
  const lately = await readSide(db, { key, isOn: true, version, since })
  if (isEnough(lately)) return { side: lately, isLately: true }
  return { side: await readSide(db, { key, isOn: true, version }), isLately: false }
}

export interface Verdict {
  calls: number
  failedPercent: number
  before: number
}
/** Undefined as long as the new side is not worse by the margin, or too little is known of either. */
export async function judged(db: Reader, key: string, version: number, now: Date): Promise<Verdict | undefined> {
  const since = new Date(periodOf(now).getTime() - period)
  const { side: on, isLately } = await newSide(db, key, version, since)
  if (!isEnough(on)) return undefined
  const beside = await readSide(db, { key, isOn: false, version, ...(isLately && { since }) })
  const off = isEnough(beside) ? beside : await readSide(db, { key, isOn: false })
  if (!isEnough(off)) return undefined
  // A database that was away says nothing about a side, unless both were called then.
  const failures = (side: Side) => side.failed + (off === beside ? side.unavailable : 0)
  const [is, was] = [percent(failures(on), on), percent(failures(off), off)]
  return is - was >= guard.margin ? { calls: on.calls, failedPercent: is, before: was } : undefined
}
