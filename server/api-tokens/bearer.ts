import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { refersTo } from '../../db/rows.ts'
import { apiTokens, memberships, schools, users } from '../../db/schema/index.ts'
import type { Permission } from '../access.ts'
import { hasJoined } from '../auth/rights.ts'
import { schoolColumns } from '../auth/school-columns.ts'
import { hashToken } from '../auth/tokens.ts'
import type { Person } from '../trpc.ts'
import { tokenScopes } from './input.ts'
import { isApiToken } from './token.ts'

/** A scope that is no permission does not compile. */
const allScopes: readonly Permission[] = tokenScopes

const p = sql.placeholder
const byToken = prepared((db, _shape: 'all') =>
  db
    .select({
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      createdAt: apiTokens.createdAt,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      instructorId: memberships.instructorId,
      school: schoolColumns,
    })
    .from(apiTokens)
    .innerJoin(memberships, and(refersTo(apiTokens.membershipId, memberships), hasJoined()))
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .innerJoin(schools, and(eq(schools.id, apiTokens.schoolId), isNull(schools.archivedAt)))
    .where(eq(apiTokens.tokenHash, p('tokenHash'))),
)

/** In ms. `last_used_at` is written at most this often. */
const usedEvery = 3_600_000

export interface Bearer {
  tokenId: string
  person: Person
}

/** Who the token's member is now. Null for a token that is wrong, over or revoked, or whose member lost the school. */
export async function findBearer(db: Database, token: string, now: Date): Promise<Bearer | null> {
  if (!isApiToken(token)) return null
  const [found] = await byToken(db, 'all', { tokenHash: hashToken(token) })
  if (!found || found.expiresAt <= now) return null
  const { tokenId, userId, name, email, createdAt, role, instructorId, school, lastUsedAt } = found
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > usedEvery) noteUse(db, school.id, tokenId, now)
  const scopes = new Set(allScopes.filter((scope) => found.scopes.includes(scope)))
  const memberships = [{ school, role, instructorId, scopes }]
  return { tokenId, person: { userId, sessionId: tokenId, signedInAt: createdAt, name, email, memberships } }
}

const beingNoted = new Set<string>()
/** Nothing waits for this write, as for the last visit of a session. */
function noteUse(db: Database, schoolId: number, tokenId: string, now: Date): void {
  if (beingNoted.has(tokenId)) return
  beingNoted.add(tokenId)
  const isOlder = or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, now))
  db.transaction(noSchool, async (tx) => {
    await tx
      .update(apiTokens)
      .set({ lastUsedAt: now })
      .where(and(eq(apiTokens.schoolId, schoolId), eq(apiTokens.id, tokenId), isOlder))
  })
    .catch(() => undefined)
    .finally(() => beingNoted.delete(tokenId))
}
