import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { and, desc, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { backups } from '../../db/schema/index.ts'
import type { Created } from './create.ts'

const hour = 3_600_000
/** In ms: a backup is told to be late after so long, tried again after a failure, and given up where its process is gone. */
const lateAfter = 26 * hour
const againAfter = hour
const givenUpAfter = 6 * hour
/** In ms. Older rows say nothing that anybody asks. */
const forgottenAfter = 400 * 24 * hour
const nightBegins = 2

/** The night that the machine's clock is in: at two in the morning a new one begins. */
export function nightOf(now: Date): string {
  const at = new Date(now.getTime() - nightBegins * hour)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

const host = () => hostname().slice(0, 255)

/** Answers the run's id to the one server, of all, that is to make this night's backup now. */
export async function claimNight(db: Database, now: Date): Promise<string | undefined> {
  const night = nightOf(now)
  const [known] = await db.select().from(backups).where(eq(backups.nightDate, night))
  if (known?.state === 'verified') return undefined
  const since = (ms: number) => new Date(now.getTime() - ms)
  return db.transaction(noSchool, async (tx) => {
    const own = eq(backups.nightDate, night)
    const failedLongAgo = and(own, eq(backups.state, 'failed'), lt(backups.endedAt, since(againAfter)))
    const isGone = and(own, eq(backups.state, 'running'), lt(backups.startedAt, since(givenUpAfter)))
    await tx.update(backups).set({ nightDate: null }).where(failedLongAgo)
    const gone = { nightDate: null, state: 'failed' as const, failure: 'server.gone', endedAt: now }
    await tx.update(backups).set(gone).where(isGone)
    await tx.delete(backups).where(lt(backups.startedAt, since(forgottenAfter)))
    const [claimed] = await tx
      .insert(backups)
      .values({ id: newId(), state: 'running', startedAt: now, nightDate: night, host: host() })
      .onConflictDoNothing()
      .returning({ id: backups.id })
    return claimed?.id
  })
}

export const releaseNight = (db: Database, id: string): Promise<unknown> =>
  db.transaction(noSchool, (tx) => tx.delete(backups).where(eq(backups.id, id)))

const told = ({ name, place, manifest }: Created) => ({
  state: manifest.verifiedAt ? ('verified' as const) : ('failed' as const),
  failure: manifest.verifiedAt ? null : 'journal.broken',
  name,
  place: place.slice(0, 1000),
  size: manifest.file.bytes,
  copyMs: manifest.took.copy,
  verifyMs: manifest.took.verify,
})

export const endNight = (
  db: Database,
  id: string,
  made: Created | { failure: string },
  endedAt: Date,
): Promise<unknown> =>
  db.transaction(noSchool, (tx) =>
    tx
      .update(backups)
      .set({
        endedAt,
        ...('failure' in made ? { state: 'failed' as const, failure: made.failure.slice(0, 100) } : told(made)),
      })
      .where(eq(backups.id, id)),
  )

export const tellBackup = (db: Database, made: Created, startedAt: Date, endedAt: Date): Promise<unknown> =>
  db.transaction(noSchool, (tx) =>
    tx.insert(backups).values({ id: newId(), startedAt, endedAt, host: host(), ...told(made) }),
  )

export const tellRehearsal = (db: Database, name: string, rehearsedMs: number, rehearsedAt: Date): Promise<unknown> =>
  db.transaction(noSchool, (tx) => tx.update(backups).set({ rehearsedMs, rehearsedAt }).where(eq(backups.name, name)))

/** What a clock that ran ahead has left says nothing until then: else it would hide all that fails meanwhile. */
const hasBegun = (now: Date) => lt(backups.startedAt, new Date(now.getTime() + hour))

const newestOf = async (db: Reader, state: 'verified' | 'failed', now: Date) => {
  const [row] = await db
    .select()
    .from(backups)
    .where(and(eq(backups.state, state), isNotNull(backups.endedAt), hasBegun(now)))
    .orderBy(desc(backups.startedAt))
    .limit(1)
  return row
}

async function newestRehearsal(db: Reader, now: Date) {
  const [row] = await db
    .select({ at: backups.rehearsedAt, ms: backups.rehearsedMs })
    .from(backups)
    .where(and(eq(backups.state, 'verified'), isNotNull(backups.rehearsedAt), hasBegun(now)))
    .orderBy(desc(backups.startedAt))
    .limit(1)
  return row?.at ? { at: row.at, ms: row.ms ?? 0 } : null
}

async function readNewest(db: Reader, now: Date) {
  const [last, failed] = await Promise.all([newestOf(db, 'verified', now), newestOf(db, 'failed', now)])
  const isOver = last !== undefined && failed !== undefined && failed.startedAt < last.startedAt
  return { last, failed: isOver ? undefined : failed }
}

export async function lastFolder(db: Reader, now: Date): Promise<string | undefined> {
  const { last } = await readNewest(db, now)
  return last?.place && last.host === host() ? dirname(last.place) : undefined
}

/** `last` is null where no backup was ever verified; `failure` is of one after it. */
export async function readBackups(db: Reader, now: Date) {
  const [{ last, failed }, rehearsal] = await Promise.all([readNewest(db, now), newestRehearsal(db, now)])
  const { startedAt: at, size, place, host: madeOn, copyMs, verifyMs } = last ?? {}
  return {
    last: at
      ? { at, size: size ?? 0, place: place ?? '', host: madeOn ?? '', copyMs: copyMs ?? 0, verifyMs: verifyMs ?? 0 }
      : null,
    failure: failed ? { at: failed.startedAt, reason: failed.failure ?? '' } : null,
    rehearsal,
  }
}

export type BackupTrouble = { what: 'failed' | 'late'; at: string }

/** Where no backup was ever made, others may look after the database: nobody is warned. */
export async function backupTrouble(db: Reader, now: Date): Promise<BackupTrouble | null> {
  const { last, failed } = await readNewest(db, now)
  if (failed) return { what: 'failed', at: failed.startedAt.toISOString() }
  if (last && now.getTime() - last.startedAt.getTime() > lateAfter)
    return { what: 'late', at: last.startedAt.toISOString() }
  return null
}
