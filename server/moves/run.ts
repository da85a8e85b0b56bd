/** The last move or rehearsal that was started from the page: its one row, and its chain. */
import { hostname } from 'node:os'
import { eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { moves } from '../../db/schema/index.ts'
import type { RegisterChange } from '../journal/register.ts'

export type Run = typeof moves.$inferSelect
const only = 1

export const thisHost = (): string => hostname().slice(0, 255)

export async function lastRun(db: Reader): Promise<Run | undefined> {
  const [row] = await db.select().from(moves).where(eq(moves.number, only))
  return row
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The server that ran it has ended without a word. Of another machine nobody knows. */
export const isLeft = (run: Run): boolean => run.outcome === null && run.host === thisHost() && !isAlive(run.pid)
export const isUnderWay = (run: Run | undefined): run is Run => run?.outcome === null && !isLeft(run)

/** What the chain tells. What PostgreSQL would refuse may name people, and stays in the row. */
const told = ({ number: _number, found: _found, pid: _pid, ...run }: Run) => run

export async function put(tx: Transaction, after: Run, before?: Run): Promise<RegisterChange> {
  await tx.insert(moves).values(after).onConflictDoUpdate({ target: moves.number, set: after })
  return { entity: 'move', after: told(after), ...(before && { before: told(before) }) }
}

export const newRun = (
  run: Pick<Run, 'id' | 'verb' | 'startedAt' | 'startedBy' | 'pid' | 'place' | 'target'>,
): Run => ({
  ...{ number: only, version: 1, host: thisHost(), ...run },
  ...{ stopAskedAt: null, endedAt: null, outcome: null, failure: null, found: [], rows: null, took: null },
})
