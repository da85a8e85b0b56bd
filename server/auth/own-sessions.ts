import { and, desc, eq, ne } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { sessions } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Person, RequestContext } from '../trpc.ts'
import { endSessions, isOver, limitsOf, liveSession } from './sessions.ts'

type Own = Pick<RequestContext, 'db' | 'now'> & { person: Person }

export async function listSessions({ db, now, person }: Own) {
  const rows = await db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      ...limitsOf(db),
    })
    .from(sessions)
    .where(and(eq(sessions.userId, person.userId), liveSession(now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt))
  const open = rows.filter((row) => !isOver(row.createdAt, row.lastSeenAt, row, now))
  return open.map(({ createdAt, lastSeenAt, idleMinutes: _, sessionHours: __, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isThis: row.id === person.sessionId,
  }))
}

/** Throws `session.not_found` for another person's session and for one that has ended. */
export async function revokeSession({ db, now, person }: Own, sessionId: string): Promise<void> {
  const own = and(eq(sessions.id, sessionId), eq(sessions.userId, person.userId))
  await db.transaction(noSchool, async (tx) => {
    const [found] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(own, liveSession(now)))
    if (!found) throw new DomainError('session.not_found')
    await endSessions(tx, own)
  })
}

export const revokeOtherSessions = ({ db, person }: Own): Promise<void> =>
  db.transaction(noSchool, (tx) =>
    endSessions(tx, and(eq(sessions.userId, person.userId), ne(sessions.id, person.sessionId))),
  )
