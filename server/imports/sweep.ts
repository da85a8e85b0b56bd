/** A bundle holds people's data, so it stays no longer than it is needed. */
import { and, eq, inArray, lt, or } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { imports } from '../../db/schema/index.ts'
import { isOfBundle } from './bundle.ts'
import { dropPieces } from './pieces.ts'

const hour = 3_600_000
/** In ms. A bundle that nobody decides on is dropped after the first, what was found in one that was brought in after the second. */
const undecidedFor = 24 * hour
const reportFor = 30 * 24 * hour

async function remove(db: Database, key: { schoolId: number; id: string }): Promise<void> {
  await dropPieces(db, key)
  const own = and(eq(imports.schoolId, key.schoolId), eq(imports.id, key.id))
  await db.transaction(noSchool, async (tx) => void (await tx.delete(imports).where(own)))
}

export async function sweepImports(db: Database, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const columns = { schoolId: imports.schoolId, id: imports.id }
  const left = await db
    .select(columns)
    .from(imports)
    .where(
      or(
        and(inArray(imports.state, ['ready', 'failed', 'canceled']), lt(imports.changedAt, before(undecidedFor))),
        and(eq(imports.state, 'done'), lt(imports.changedAt, before(reportFor))),
        // Whoever received it is gone.
        and(eq(imports.state, 'arriving'), lt(imports.leaseUntil, now)),
      ),
    )
  for (const key of left) await remove(db, key)
  const ended = await db
    .select(columns)
    .from(imports)
    .where(inArray(imports.state, ['done', 'canceled']))
  for (const key of ended) await dropPieces(db, key, (shelf) => isOfBundle(shelf) || shelf.startsWith('changes '))
}
