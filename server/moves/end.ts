/** What becomes of a move or rehearsal is noted by a server: the mover's own process may not be there any more. */
import { eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { registerFile, toldMove, unsettled } from '../../db/move/told.ts'
import { moves } from '../../db/schema/index.ts'
import type { MoveOutcome } from '../../db/values.ts'
import { sha256 } from '../canonical.ts'
import { mutateRegister } from '../journal/register.ts'
import type { EndedMover } from './primary.ts'
import { primary } from './primary.ts'
import type { Run } from './run.ts'
import { isLeft, lastRun, put } from './run.ts'

const foundAtMost = 100

type End = Pick<Run, 'outcome' | 'failure' | 'found' | 'rows' | 'took'>
const plain = { failure: null, found: [], rows: null, took: null }

async function note(db: Database, endOf: (run: Run) => End | undefined, now: Date): Promise<void> {
  const run = await lastRun(db)
  if (!run || run.outcome !== null || !endOf(run)) return
  const operation = { id: newId(), procedure: 'moves.end', inputHash: sha256(run.id), way: 'cli' as const }
  await mutateRegister(db, { ...operation, actorId: null, at: now }, async (tx) => {
    const before = (await lastRun(tx)) ?? run
    return put(tx, { ...before, version: before.version + 1, endedAt: now, ...endOf(before) }, before)
  })
}

/** The first line says what is wrong; those below it, a value or row each. */
function refusal(said: string): Pick<Run, 'failure' | 'found'> {
  const [first = '', ...rest] = said.trim().split('\n').filter(Boolean)
  return { failure: first.slice(0, 2000), found: rest.slice(0, foundAtMost).map((line) => line.trim().slice(0, 500)) }
}

function figures(out: string): Pick<Run, 'rows' | 'took'> {
  try {
    const { rows, took } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Partial<Run>
    return { rows: rows ?? null, took: took ?? null }
  } catch {
    return { rows: null, took: null }
  }
}

const endedAs = (outcome: MoveOutcome, more: Partial<End> = {}): End => ({ ...plain, outcome, ...more })

export async function endMove(db: Database, { verb, code, out, said }: EndedMover, now: Date): Promise<void> {
  const isOnItsWay = (await toldMove(db)) !== null
  const endOf = (run: Run) => {
    if (verb !== null && run.verb !== verb) return undefined
    if (code === 0) return endedAs('done', figures(out))
    if (run.stopAskedAt !== null && !isOnItsWay) return endedAs('stopped')
    return endedAs('failed', refusal(said))
  }
  await note(db, endOf, now)
}

/** Resolves with false where no primary runs a mover. */
async function goOnWith(db: Database, run: Run): Promise<boolean> {
  const { ask, pid } = primary()
  if (!ask) return false
  await db.transaction(noSchool, (tx) => tx.update(moves).set({ pid }).where(eq(moves.id, run.id)))
  await ask('move')
  return true
}

/** The last comparison and the check of references are part of the move: whoever ran it may have ended before them. */
async function settle(db: Database, now: Date): Promise<void> {
  const how = await unsettled(db)
  if (how === 'no') return note(db, ({ verb }) => (verb === 'move' ? endedAs('done') : undefined), now)
  const run = await lastRun(db)
  if (how === 'known' && run?.verb === 'move' && isLeft(run)) await goOnWith(db, run)
}

/** After a start: a register that has arrived says so, a move that has not ended goes on, and what had only begun does not. */
export async function goOn(db: Database, now: Date): Promise<void> {
  if (registerFile === null) return settle(db, now)
  const run = await lastRun(db)
  if (!run || !isLeft(run)) return
  const isOnItsWay = (await toldMove(db)) !== null
  if (run.verb === 'move' && isOnItsWay && run.stopAskedAt === null && (await goOnWith(db, run))) return
  await note(db, () => endedAs('failed', { failure: 'The server ended meanwhile.' }), now)
}
