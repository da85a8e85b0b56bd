/** How the calls on the two sides of a flag go: counted in each process, added up by all of them in the database. */
import { lt, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { Durations } from '../../db/durations.ts'
import { flagSides } from '../../db/schema/index.ts'
import { countColumns } from '../calls/minutes.ts'
import type { Outcome } from '../calls/procedure-times.ts'
import { Tally } from '../calls/tally.ts'
import type { FlagSet } from './flag-set.ts'
import type { FlagKey, Flags } from './registry.ts'
import { flagKeys, flagOf } from './registry.ts'

/** In ms. The guard looks at the last two periods. */
export const period = 10 * 60_000
export const periodOf = (at: Date): Date => new Date(Math.floor(at.getTime() / period) * period)
/** In ms. */
export const sidesKeptFor = 7 * 24 * 3_600_000

const ends = ['calls', 'refused', 'failed', 'unavailable'] as const
type Ends = Record<(typeof ends)[number], number>
interface Side {
  key: string
  version: number
  isOn: boolean
  ends: Ends
  durations: Durations
}

const noEnds = (): Ends => ({ calls: 0, refused: 0, failed: 0, unavailable: 0 })
function endOf(outcome: Outcome): 'refused' | 'failed' | 'unavailable' | undefined {
  if (outcome === 'ok') return undefined
  if (outcome === 'internal') return 'failed'
  return outcome === 'unavailable' ? 'unavailable' : 'refused'
}

const added = (side: Side) => ({
  ...side.ends,
  ...Object.fromEntries(countColumns.map((column, index) => [column, side.durations.counts[index] ?? 0])),
})
type Row = typeof flagSides.$inferInsert

function addTo(sum: Side, more: Side): void {
  for (const end of ends) sum.ends[end] += more.ends[end]
  for (const [index, count] of more.durations.counts.entries())
    sum.durations.counts[index] = (sum.durations.counts[index] ?? 0) + count
}

export class Sides {
  readonly #ofCall = new Map<string, FlagKey[]>()
  readonly #tally: Tally<Side>

  constructor(db: Database) {
    this.#tally = new Tally(db, addTo)
    for (const key of flagKeys)
      for (const call of flagOf(key).calls ?? []) this.#ofCall.set(call, [...(this.#ofCall.get(call) ?? []), key])
  }

  note(call: string, served: Flags, set: FlagSet, ms: number, outcome: Outcome): void {
    for (const key of this.#ofCall.get(call) ?? []) {
      const [version, isOn] = [set.versionOf(key), served[key]]
      const make = () => ({ key, version, isOn, ends: noEnds(), durations: new Durations() })
      const side = this.#tally.of(`${key} ${version} ${isOn}`, make)
      const end = endOf(outcome)
      side.ends.calls++
      if (end) side.ends[end]++
      side.durations.note(ms)
    }
  }

  /** Answers the flags whose new side was called since the last time. */
  async write(now: Date): Promise<Set<string>> {
    const written = await this.#tally.write((tx, sides) => add(tx, sides, now))
    return new Set(written.filter(({ isOn }) => isOn).map(({ key }) => key))
  }
}

async function add(tx: Transaction, sides: readonly Side[], now: Date): Promise<void> {
  const periodAt = periodOf(now)
  const { key, version, isOn } = flagSides
  for (const side of sides) {
    const counts = added(side)
    const set = Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, sql`${flagSides[name as 'calls']} + ${count}`]),
    )
    const own = { key: side.key, version: side.version, isOn: side.isOn, periodAt }
    await tx
      .insert(flagSides)
      .values({ ...own, ...counts } as Row)
      .onConflictDoUpdate({ target: [key, version, isOn, flagSides.periodAt], set })
  }
  await tx.delete(flagSides).where(lt(flagSides.periodAt, new Date(now.getTime() - sidesKeptFor)))
}

const known = new WeakMap<Database, Sides>()
export function sidesOf(db: Database): Sides {
  const sides = known.get(db) ?? new Sides(db)
  known.set(db, sides)
  return sides
}
