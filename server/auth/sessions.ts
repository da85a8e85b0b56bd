import type { Placeholder, SQL } from 'drizzle-orm'
import { and, asc, eq, exists, gt, isNull, lte, notLike, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { memberships, schools, sessions, users } from '../../db/schema/index.ts'
import type { Membership, Person } from '../trpc.ts'
import { hashToken, newToken } from './tokens.ts'

const hour = 3_600_000
export const idleLimit = 8 * hour
export const absoluteLimit = 24 * hour
/** `last_seen_at` is written at most this often. */
const seenEvery = 60_000

/** Instead of its token's hash: no token opens a session that was ended, and it still says when somebody was last here. */
const endedMark = 'ended:'

const p = sql.placeholder
const since = (name: string): Date | Placeholder => p(name)
const byToken = prepared((db, _shape: 'all') =>
  db
    .select({
      sessionId: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      instructorId: memberships.instructorId,
      school: {
        id: schools.id,
        slug: schools.slug,
        name: schools.name,
        timeZone: schools.timeZone,
        locale: schools.locale,
        isDemo: schools.isDemo,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.archivedAt)))
    .leftJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
    .where(
      and(
        eq(sessions.tokenHash, p('tokenHash')),
        gt(sessions.lastSeenAt, sql.param(since('idleSince'), sessions.lastSeenAt)),
        gt(sessions.createdAt, sql.param(since('createdSince'), sessions.createdAt)),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(schools.name), asc(schools.id)),
)

/** The sessions that go on at `now`. */
export const liveSession = (now: Date): SQL | undefined =>
  and(
    gt(sessions.lastSeenAt, new Date(now.getTime() - idleLimit)),
    gt(sessions.createdAt, new Date(now.getTime() - absoluteLimit)),
    notLike(sessions.tokenHash, `${endedMark}%`),
  )

/**
 * Whose session the cookie's token is, with their memberships as they are now; null when it has ended. A page that only
 * listens doesn't say that somebody sits before it: `isHere` keeps the session alive.
 */
export async function findPerson(db: Database, token: string, now: Date, isHere = true): Promise<Person | null> {
  const rows = await byToken(db, 'all', {
    tokenHash: hashToken(token),
    idleSince: new Date(now.getTime() - idleLimit),
    createdSince: new Date(now.getTime() - absoluteLimit),
  })
  const [first] = rows
  if (!first) return null
  const { sessionId, userId, name, email, lastSeenAt } = first
  if (isHere && now.getTime() - lastSeenAt.getTime() > seenEvery) keepAlive(db, sessionId, now)
  const belongs = rows.flatMap(({ school, role, instructorId }): Membership[] =>
    school && role ? [{ school, role, instructorId }] : [],
  )
  return { sessionId, userId, name, email, memberships: belongs }
}

const beingSeen = new Set<string>()
/** Not waited for: a database that is busy writing must not fail a read, and the next request tries again. */
function keepAlive(db: Database, sessionId: string, now: Date): void {
  if (beingSeen.has(sessionId)) return
  beingSeen.add(sessionId)
  db.transaction(
    noSchool,
    async (tx) => void (await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId))),
  )
    .catch(() => undefined)
    .finally(() => beingSeen.delete(sessionId))
}

interface SessionDetails {
  userAgent?: string | null
  /** The session whose token the new cookie replaces. */
  instead?: string | undefined
}
const longestUserAgent = 300

/** Sessions that are over, but for each person's last one. */
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

/**
 * Starts a session and answers the cookie's token. `id` is the sign-in's key: a repetition fails on it. Sessions that
 * are long over are swept out on the way.
 */
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
  return token
}

/** Ends the sessions at once, in every process: the next request with one of their cookies finds nobody. */
export async function endSessions(tx: Transaction, which: SQL | undefined): Promise<void> {
  await tx
    .update(sessions)
    .set({ tokenHash: sql`${endedMark} || ${sessions.id}` })
    .where(and(which, notLike(sessions.tokenHash, `${endedMark}%`)))
}

export const endSession = (db: Database, sessionId: string): Promise<void> =>
  db.transaction(noSchool, (tx) => endSessions(tx, eq(sessions.id, sessionId)))
