/** Which tokens still use what goes from the API: counted in each process, added up by all of them in the database. */
import { inArray, lt, sql } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { deprecatedUses } from '../../db/schema/index.ts'
import { Tally } from '../calls/tally.ts'

interface Use {
  tokenId: string
  name: string
  sunset: string
  uses: number
}

/** In ms. */
const keptFor = 90 * 24 * 3_600_000

async function add(tx: Transaction, counted: readonly Use[], now: Date): Promise<void> {
  const { tokenId, name } = deprecatedUses
  for (const use of counted) {
    const { uses, sunset } = use
    await tx
      .insert(deprecatedUses)
      .values({ ...use, lastAt: now })
      .onConflictDoUpdate({
        target: [tokenId, name],
        set: { uses: sql`${deprecatedUses.uses} + ${uses}`, sunset, lastAt: now },
      })
  }
  await tx.delete(deprecatedUses).where(lt(deprecatedUses.lastAt, new Date(now.getTime() - keptFor)))
}

export class Uses {
  readonly #tally: Tally<Use>

  constructor(db: Database) {
    this.#tally = new Tally<Use>(db, (sum, more) => {
      sum.uses += more.uses
    })
  }

  note(tokenId: string, { name, sunset }: Pick<Use, 'name' | 'sunset'>): void {
    this.#tally.of(`${tokenId} ${name}`, () => ({ tokenId, name, sunset, uses: 0 })).uses++
  }

  async write(now: Date): Promise<void> {
    await this.#tally.write((tx, counted) => add(tx, counted, now))
  }
}

const known = new WeakMap<Database, Uses>()
export function usesOf(db: Database): Uses {
  const uses = known.get(db) ?? new Uses(db)
  known.set(db, uses)
  return uses
}

export interface GoingUse {
  name: string
  sunset: string
  uses: number
  lastAt: string
}
/** By token, what goes soonest first. */
export async function goingUses(db: Reader, tokenIds: readonly string[]): Promise<Map<string, GoingUse[]>> {
  const rows = tokenIds.length
    ? await db
        .select()
        .from(deprecatedUses)
        .where(inArray(deprecatedUses.tokenId, [...tokenIds]))
        .orderBy(deprecatedUses.sunset, deprecatedUses.name)
    : []
  const found = new Map<string, GoingUse[]>()
  for (const { tokenId, lastAt, ...use } of rows)
    found.set(tokenId, [...(found.get(tokenId) ?? []), { ...use, lastAt: lastAt.toISOString() }])
  return found
}
