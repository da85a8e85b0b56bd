import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { apiTokens, memberships } from '../../db/schema/index.ts'

/** Of one school, or of all. A member who comes back later must not find a token of before, which somebody else may hold. */
export async function endTokens(tx: Transaction, userId: string, schoolId?: number): Promise<void> {
  const inSchool = schoolId === undefined ? undefined : eq(memberships.schoolId, schoolId)
  const own = tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), inSchool))
  await tx.delete(apiTokens).where(inArray(apiTokens.membershipId, own))
}
