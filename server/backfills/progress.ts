/** What the register remembers of each backfill. One process at a time works on one, and proves with each batch that it still may. */
import type { SQL } from 'drizzle-orm'
import { and, asc, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { backfills, instances } from '../../db/schema/index.ts'
import type { BackfillState } from '../../db/values.ts'

/** In ms. */
export const takenFor = 30_000
/** In ms: after a failure. */
export const triedAgainAfter = 60_000
/** In ms. A process reports itself every ten seconds. */
const silentAfter = 60_000

export type BackfillRow = typeof backfills.$inferSelect
export interface Taken extends BackfillRow {
  owner: string
}

export class LostError extends Error {
  override name = 'LostError'
}

export const readBackfills = (db: Reader): Promise<BackfillRow[]> =>
  db.select().from(backfills).orderBy(asc(backfills.name))

export async function readBackfill(db: Reader, name: string): Promise<BackfillRow | undefined> {
  const [row] = await db.select().from(backfills).where(eq(backfills.name, name))
  return row
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms)

/** What is done, and was looked at since then, is not looked at again. A clock that ran ahead has looked at nothing. */
export const isUnchecked = (row: BackfillRow | undefined, since: Date, now: Date): boolean =>
  row?.state !== 'done' || row.checkedAt === null || row.checkedAt < since || row.checkedAt > now

/** Nobody takes a backfill until so late: a clock ran ahead, and nobody waits for it. */
const beyond = (now: Date) => later(now, 2 * triedAgainAfter)

export const isDue = (row: BackfillRow | undefined, since: Date, now: Date): boolean =>
  isUnchecked(row, since, now) && !(row?.takenUntil && row.takenUntil >= now && row.takenUntil <= beyond(now))

export async function take(db: Database, name: string, since: Date, now: Date): Promise<Taken | undefined> {
  const owner = newId()
  const isFree = or(isNull(backfills.takenUntil), lt(backfills.takenUntil, now), gt(backfills.takenUntil, beyond(now)))
  const { state, checkedAt } = backfills
  const isOld = or(ne(state, 'done'), isNull(checkedAt), lt(checkedAt, since), gt(checkedAt, now))
  return db.transaction(noSchool, async (tx) => {
    const first = { name, state: 'filling', startedAt: now, rowsDone: 0 } as const
    await tx.insert(backfills).values(first).onConflictDoNothing()
    const [row] = await tx
      .update(backfills)
      .set({ owner, takenUntil: later(now, takenFor) })
      .where(and(eq(backfills.name, name), isFree, isOld))
      .returning()
    return row && { ...row, owner }
  })
}

type Change = Partial<Omit<BackfillRow, 'name' | 'rowsDone' | 'rowsLeft'>> & {
  rowsDone?: number | SQL
  rowsLeft?: number | null | SQL
}

/** Throws `LostError` where it is no longer ours; a batch is then taken back whole. */
export async function note(tx: Transaction, { name, owner }: Taken, change: Change): Promise<BackfillRow> {
  const isOurs = and(eq(backfills.name, name), eq(backfills.owner, owner))
  const [row] = await tx.update(backfills).set(change).where(isOurs).returning()
  if (!row) throw new LostError(`another process has taken ${name} over`)
  return row
}

export const noteAlone = (db: Database, taken: Taken, change: Change): Promise<BackfillRow> =>
  db.transaction(noSchool, (tx) => note(tx, taken, change))

export const beat = (db: Database, taken: Taken, now: Date): Promise<BackfillRow> =>
  noteAlone(db, taken, { takenUntil: later(now, takenFor) })

/** What a batch has filled, with it and in one transaction: whoever goes on knows exactly where. */
export const noteBatch = (
  tx: Transaction,
  taken: Taken,
  { filled, atSchool, atRow }: { filled: number } & Pick<BackfillRow, 'atSchool' | 'atRow'>,
  now: Date,
): Promise<BackfillRow> =>
  note(tx, taken, {
    atSchool,
    atRow,
    rowsDone: sql`${backfills.rowsDone} + ${filled}`,
    rowsLeft: sql`case when ${backfills.rowsLeft} > ${filled} then ${backfills.rowsLeft} - ${filled} else 0 end`,
    takenUntil: later(now, takenFor),
  })

interface Ending {
  state: BackfillState
  rowsLeft?: number
  failure?: string
  /** In ms: nobody tries before. */
  rest?: number
}
export function end(db: Database, taken: Taken, { rest, ...ending }: Ending, now: Date): Promise<BackfillRow> {
  const isDone = ending.state === 'done'
  return noteAlone(db, taken, {
    failure: null,
    ...ending,
    atSchool: null,
    atRow: null,
    owner: null,
    takenUntil: rest === undefined ? null : later(now, rest),
    ...(isDone && { checkedAt: now, endedAt: taken.state === 'done' ? taken.endedAt : now }),
  })
}

/** Whoever goes on begins where this process was. */
export const letGo = (db: Database, taken: Taken): Promise<BackfillRow> =>
  noteAlone(db, taken, { owner: null, takenUntil: null })

export interface OlderServer {
  host: string
  pid: number
  version: string
}
/** One that does not know the step with this number, from 1, and may write rows as they were before. */
export async function olderServer(db: Reader, step: number, now: Date): Promise<OlderServer | undefined> {
  const [found] = await db
    .select({ host: instances.host, pid: instances.pid, version: instances.version })
    .from(instances)
    .where(and(lte(instances.schemaMax, step - 1), gt(instances.seenAt, later(now, -silentAfter))))
    .limit(1)
  return found
}

export const breakOff = (db: Database, taken: Taken, failure: string, now: Date): Promise<BackfillRow> =>
  noteAlone(db, taken, { state: 'failed', failure, owner: null, takenUntil: later(now, triedAgainAfter) })

/** Rows were found that a server of an older release has written since. */
export const reopen = (db: Database, name: string, rowsLeft: number): Promise<unknown> =>
  db.transaction(noSchool, (tx) =>
    tx
      .update(backfills)
      .set({ state: 'filling', rowsLeft, endedAt: null })
      .where(and(eq(backfills.name, name), eq(backfills.state, 'done'))),
  )
