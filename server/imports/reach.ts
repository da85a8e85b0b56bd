import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { memberships, schools, users } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { hasJoined } from '../auth/rights.ts'
import { DomainError } from '../errors.ts'

export async function schoolsFor(db: Reader, userId: string): Promise<ReadonlySet<number>> {
  const rows = await db
    .select({ schoolId: memberships.schoolId, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(schools, eq(schools.id, memberships.schoolId))
    .where(and(eq(memberships.userId, userId), hasJoined(), isNull(users.disabledAt), isNull(schools.archivedAt)))
  return new Set(rows.flatMap((row) => (allows(row, 'import.run') ? row.schoolId : [])))
}

/** Under the schools' locks: what was queued behind somebody's demotion must not be done any more. */
export async function requireReach(tx: Reader, userId: string, written: readonly number[]): Promise<void> {
  if (!written.length) return
  const reach = await schoolsFor(tx, userId)
  if (written.some((id) => !reach.has(id))) throw new DomainError('permission.changed')
}
