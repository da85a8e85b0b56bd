import { hostname } from 'node:os'
import { eq } from 'drizzle-orm'
import type { Database, Reader } from '../../../db/database.ts'
import { noSchool } from '../../../db/database.ts'
import { backupStreams } from '../../../db/schema/index.ts'

const number = 1
/** In ms. A minute may be lost with the disk; whoever keeps the server hears of more. */
const behindAfter = 300_000

type Told = Omit<typeof backupStreams.$inferInsert, 'number' | 'host'>

const tell = (db: Database, told: Told): Promise<unknown> =>
  db.transaction(noSchool, (tx) => {
    const row = { host: hostname().slice(0, 255), ...told }
    return tx
      .insert(backupStreams)
      .values({ number, ...row })
      .onConflictDoUpdate({ target: backupStreams.number, set: row })
  })

export const tellStored = (db: Database, place: string, baseAt: Date, storedAt: Date): Promise<unknown> =>
  tell(db, { place: place.slice(0, 1000), baseAt, storedAt, failure: null, failedAt: null })

export const tellUnstored = (db: Database, failure: string, failedAt: Date): Promise<unknown> =>
  tell(db, { failure: failure.slice(0, 100), failedAt })

/** A server that keeps no stream says so at its start: nobody is warned of one that was turned off. */
export async function forgetStream(db: Database): Promise<void> {
  if (await readStream(db))
    await db.transaction(noSchool, (tx) => tx.delete(backupStreams).where(eq(backupStreams.number, number)))
}

export async function readStream(db: Reader) {
  const [row] = await db.select().from(backupStreams).where(eq(backupStreams.number, number))
  if (!row) return null
  const { host, place, baseAt, storedAt, failure, failedAt } = row
  return {
    host,
    place,
    baseAt,
    storedAt,
    failure: failure && failedAt ? { at: failedAt, reason: failure } : null,
  }
}

/** Since when nothing was stored, in ISO 8601. */
export async function streamTrouble(db: Reader, now: Date): Promise<{ at: string } | null> {
  const told = await readStream(db)
  const since = told?.storedAt ?? told?.failure?.at
  return since && now.getTime() - since.getTime() > behindAfter ? { at: since.toISOString() } : null
}
