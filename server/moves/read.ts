import { desc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { namedTarget, registerFile, toldMove } from '../../db/move/told.ts'
import { instances, users } from '../../db/schema/index.ts'
import { requireOwner } from '../auth/owners.ts'
import type { Context } from '../context.ts'
import { primary } from './primary.ts'
import type { Run } from './run.ts'
import { isLeft, lastRun } from './run.ts'

/** In ms. A process reports itself every ten seconds, and the mover waits for those that did. */
const heardWithin = 30_000
const serversAtMost = 50

async function readServers(db: Database, now: Date, ready: readonly string[]) {
  const rows = await db
    .select({ id: instances.id, host: instances.host, pid: instances.pid, isDraining: instances.isDraining })
    .from(instances)
    .where(gt(instances.seenAt, new Date(now.getTime() - heardWithin)))
    .orderBy(desc(instances.startedAt), desc(instances.id))
    .limit(serversAtMost)
  return rows
    .filter(({ isDraining }) => !isDraining)
    .map(({ id, host, pid }) => ({ id, host, pid, isReady: ready.includes(id) }))
}

async function nameOf(db: Database, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  const [row] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId))
  return row?.name ?? null
}

async function toldRun(db: Database, run: Run | undefined) {
  if (!run) return null
  const { number: _number, version: _version, pid: _pid, startedBy, startedAt, endedAt, stopAskedAt, ...rest } = run
  return {
    ...rest,
    startedBy: await nameOf(db, startedBy),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    isStopAsked: stopAskedAt !== null,
    isLeft: isLeft(run),
  }
}

/** Throws `owner.only` for whoever does not own the register. */
export async function readMove({ db, actor, now }: Context) {
  await requireOwner(db, actor.userId)
  const [inFile, run] = await Promise.all([toldMove(db), lastRun(db)])
  return {
    at: now.toISOString(),
    isOnFile: registerFile !== null,
    target: namedTarget(),
    mayStart: primary().ask !== null,
    inFile: inFile && { state: inFile.state, target: inFile.target, isStopping: inFile.isStopping },
    progress: inFile?.progress ?? null,
    servers: inFile ? await readServers(db, now, inFile.ready) : [],
    run: await toldRun(db, run),
  }
}
