import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { memberships, schools, sessions, users } from '../../db/schema/index.ts'
import type { Membership, Person } from '../trpc.ts'
import { hashToken, newToken } from './tokens.ts'

const hour = 3_600_000
export const idleLimit = 8 * hour
export const absoluteLimit = 24 * hour
/** `last_seen_at` is written at most this often. */
const seenEvery = 60_000

const p = sql.placeholder
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
        gt(sessions.lastSeenAt, sql.param(p('idleSince') as never, sessions.lastSeenAt)),
        gt(sessions.createdAt, sql.param(p('createdSince') as never, sessions.createdAt)),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(schools.name), asc(schools.id)),
)

/** Whose session the cookie's token is, with their memberships as they are now; null when it has ended. */
export async function findPerson(db: Database, token: string, now: Date): Promise<Person | null> {
  const rows = await byToken(db, 'all', {
    tokenHash: hashToken(token),
    idleSince: new Date(now.getTime() - idleLimit),
    createdSince: new Date(now.getTime() - absoluteLimit),
  })
  const [first] = rows
  if (!first) return null
  const { sessionId, userId, name, email, lastSeenAt } = first
  if (now.getTime() - lastSeenAt.getTime() > seenEvery) keepAlive(db, sessionId, now)
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

/**
 * Starts a session and answers the cookie's token. `id` is the sign-in's key: a repetition fails on it. Sessions that
 * have ended are swept out on the way, and so is `instead`, whose token the new cookie replaces.
 */
export async function startSession(
  tx: Transaction,
  id: string,
  userId: string,
  now: Date,
  instead?: string,
): Promise<string> {
  const token = newToken()
  const ended = lte(sessions.createdAt, new Date(now.getTime() - absoluteLimit))
  await tx.delete(sessions).where(instead ? or(ended, eq(sessions.id, instead)) : ended)
  await tx.insert(sessions).values({ id, userId, tokenHash: hashToken(token), createdAt: now, lastSeenAt: now })
  return token
}

export const endSession = (db: Database, sessionId: string): Promise<void> =>
  db.transaction(noSchool, async (tx) => void (await tx.delete(sessions).where(eq(sessions.id, sessionId))))
