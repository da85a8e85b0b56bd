import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { memberships, schools, sessions, users } from '../../db/schema/index.ts'
import { hasJoined } from '../auth/rights.ts'
import { isOver, limitsOf, liveSession } from '../auth/sessions.ts'
import type { Actor } from '../context.ts'

export async function actorsOf(
  db: Reader,
  schoolId: number,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, Actor>> {
  const rows = await db
    .select({
      sessionId: sessions.id,
      userId: memberships.userId,
      role: memberships.role,
      instructorId: memberships.instructorId,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      ...limitsOf(db),
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
    .innerJoin(memberships, and(eq(memberships.userId, users.id), hasJoined()))
    .innerJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
    .where(and(eq(memberships.schoolId, schoolId), inArray(sessions.id, [...sessionIds]), liveSession(now)))
  const open = rows.filter((row) => !isOver(row.createdAt, row.lastSeenAt, row, now))
  return new Map(open.map(({ sessionId, userId, role, instructorId }) => [sessionId, { userId, role, instructorId }]))
}
