import type { Column, Placeholder, SQL } from 'drizzle-orm'
import { and, asc, desc, eq, exists, gt, inArray, isNull, lte, min, ne, notLike, or, sql } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { memberships, schools, sessions, users } from '../../db/schema/index.ts'
import { clocksDiffer } from '../journal/append.ts'
import type { Membership, Person } from '../trpc.ts'
import { hasJoined } from './rights.ts'
import { schoolColumns } from './school-columns.ts'
import { hashToken, newToken } from './tokens.ts'

const hour = 3_600_000
export const idleLimit = 8 * hour
export const absoluteLimit = 24 * hour
const minute = 60_000
/** What a school's own limits are; null where the register's hold. */
export interface SessionLimits {
  idleMinutes: number | null
  sessionHours: number | null
}
const least = (values: (number | null)[]) => {
  const given = values.filter((value) => value !== null)
  return given.length ? Math.min(...given) : null
}
/** Of a person in several schools, the session ends as the strictest of them says. */
const strictest = (limits: readonly SessionLimits[]): SessionLimits => ({
  idleMinutes: least(limits.map(({ idleMinutes }) => idleMinutes)),
  sessionHours: least(limits.map(({ sessionHours }) => sessionHours)),
})
/** By the schools' limits: the register's own are looked at in SQL. */
export const isOver = (
  createdAt: Date,
  lastSeenAt: Date,
  { idleMinutes, sessionHours }: SessionLimits,
  now: Date,
): boolean =>
  now.getTime() - lastSeenAt.getTime() >= (idleMinutes ?? Number.POSITIVE_INFINITY) * minute ||
  now.getTime() - createdAt.getTime() >= (sessionHours ?? Number.POSITIVE_INFINITY) * hour

export function limitsOf(db: Reader): Record<keyof SessionLimits, SQL<number | null>> {
  const ofPerson = (limit: Column) =>
    sql<number | null>`(${db
      .select({ least: min(limit) })
      .from(memberships)
      .innerJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
      .where(and(eq(memberships.userId, sessions.userId), hasJoined()))})`
  return { idleMinutes: ofPerson(schools.idleMinutes), sessionHours: ofPerson(schools.sessionHours) }
}

/** `last_seen_at` is written at most once in so many ms. */
const visitEvery = 60_000

/** The mark replaces the token's hash, so no token opens an ended session, and the row keeps the last visit. */
const endedMark = 'ended:'

const p = sql.placeholder
const since = (name: string): Date | Placeholder => p(name)
const byToken = prepared((db, _shape: 'all') =>
  db
    .select({
      sessionId: sessions.id,
      signedInAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      isOwner: users.isOwner,
      role: memberships.role,
      instructorId: memberships.instructorId,
      school: schoolColumns,
      idleMinutes: schools.idleMinutes,
      sessionHours: schools.sessionHours,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), hasJoined()))
    .leftJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
    .where(
      and(
        eq(sessions.tokenHash, p('tokenHash')),
        gt(sessions.lastSeenAt, sql.param(since('idleSince'), sessions.lastSeenAt)),
        gt(sessions.createdAt, sql.param(since('createdSince'), sessions.createdAt)),
        lte(sessions.createdAt, sql.param(since('until'), sessions.createdAt)),
        lte(sessions.lastSeenAt, sql.param(since('until'), sessions.lastSeenAt)),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(schools.name), asc(schools.id)),
)

/** A session that a clock stamped while it was ahead is over: it would outlive both limits. */
const untilOf = (now: Date) => new Date(now.getTime() + clocksDiffer)

export const liveSession = (now: Date): SQL | undefined =>
  and(
    lte(sessions.createdAt, untilOf(now)),
    lte(sessions.lastSeenAt, untilOf(now)),
    gt(sessions.lastSeenAt, new Date(now.getTime() - idleLimit)),
    gt(sessions.createdAt, new Date(now.getTime() - absoluteLimit)),
    notLike(sessions.tokenHash, `${endedMark}%`),
  )

/** Returns null for a session that has ended. A page that listens or calls by itself passes `isHere` false and does not extend the session. */
export async function findPerson(db: Database, token: string, now: Date, isHere = true): Promise<Person | null> {
  const rows = await byToken(db, 'all', {
    tokenHash: hashToken(token),
    idleSince: new Date(now.getTime() - idleLimit),
    createdSince: new Date(now.getTime() - absoluteLimit),
    until: untilOf(now),
  })
  const [first] = rows
  if (!first) return null
  const { sessionId, signedInAt, userId, name, email, isOwner, lastSeenAt } = first
  if (isOver(first.signedInAt, lastSeenAt, strictest(rows), now)) return null
  if (isHere && now.getTime() - lastSeenAt.getTime() > visitEvery) keepAlive(db, sessionId, now)
  const belongs = rows.flatMap(({ school, role, instructorId }): Membership[] =>
    school && role ? [{ school, role, instructorId }] : [],
  )
  return { sessionId, signedInAt, userId, name, email, memberships: belongs, isOwner }
}

const beingExtended = new Set<string>()
/** Nothing waits for this write: a busy database must not fail a read, and the next request writes again. */
function keepAlive(db: Database, sessionId: string, now: Date): void {
  if (beingExtended.has(sessionId)) return
  beingExtended.add(sessionId)
  db.transaction(
    noSchool,
    async (tx) => void (await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId))),
  )
    .catch(() => undefined)
    .finally(() => beingExtended.delete(sessionId))
}

interface SessionDetails {
  userAgent?: string | null
  instead?: string | undefined
}
const longestUserAgent = 300

/** The last session of a person stays. */
const sweepable = (tx: Transaction, now: Date) => {
  const newer = alias(sessions, 'newer')
  return and(
    lte(sessions.createdAt, new Date(now.getTime() - absoluteLimit)),
    exists(
      tx
        .select({ one: sql`1` })
        .from(newer)
        .where(and(eq(newer.userId, sessions.userId), gt(newer.createdAt, sessions.createdAt))),
    ),
  )
}

/** Nobody works in so many browsers a day, and a right password may be typed as often as somebody likes. */
export const sessionsAtMost = 100

/** Keeps the session that begins, even where a clock that went back makes it the oldest. */
async function sweepOldest(tx: Transaction, userId: string, begun: string): Promise<void> {
  const beyond = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, begun)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .offset(sessionsAtMost - 1)
    .limit(sessionsAtMost)
  const ids = beyond.map(({ id }) => id)
  if (ids.length) await tx.delete(sessions).where(inArray(sessions.id, ids))
}

/** `id` is the sign-in's key, so a repetition fails on it. Also deletes sessions that ended long ago. */
export async function startSession(
  tx: Transaction,
  id: string,
  userId: string,
  now: Date,
  { userAgent = null, instead }: SessionDetails = {},
): Promise<string> {
  const token = newToken()
  await tx.insert(sessions).values({
    id,
    userId,
    tokenHash: hashToken(token),
    createdAt: now,
    lastSeenAt: now,
    userAgent: userAgent?.slice(0, longestUserAgent) ?? null,
  })
  const over = sweepable(tx, now)
  await tx.delete(sessions).where(instead ? or(over, eq(sessions.id, instead)) : over)
  await sweepOldest(tx, userId, id)
  return token
}

/** The sessions end at once, in every process. */
export async function endSessions(tx: Transaction, which: SQL | undefined): Promise<void> {
  await tx
    .update(sessions)
    .set({ tokenHash: sql`${endedMark} || ${sessions.id}` })
    .where(and(which, notLike(sessions.tokenHash, `${endedMark}%`)))
}

export const endSession = (db: Database, sessionId: string): Promise<void> =>
  db.transaction(noSchool, (tx) => endSessions(tx, eq(sessions.id, sessionId)))
