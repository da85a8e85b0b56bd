import type { SQL } from 'drizzle-orm'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { memberships, schools, users } from '../../db/schema/index.ts'
import { hasJoined } from './rights.ts'

/** Writes of one account wait for each other: what is read after this stays true. The locks of schools are taken before it, never after. Undefined where there is no such account. */
export async function lockAccount(tx: Transaction, which: SQL) {
  const [account] = await tx
    .update(users)
    .set({ name: sql`${users.name}` })
    .where(which)
    .returning({
      id: users.id,
      email: users.email,
      name: users.name,
      passwordHash: users.passwordHash,
      passwordChosenAt: users.passwordChosenAt,
      isOwner: users.isOwner,
      isService: users.isService,
      disabledAt: users.disabledAt,
    })
  return account
}
export type Account = NonNullable<Awaited<ReturnType<typeof lockAccount>>>

export async function schoolNamesOf(db: Reader, userId: string): Promise<string[]> {
  const rows = await db
    .select({ name: schools.name })
    .from(memberships)
    .innerJoin(schools, eq(schools.id, memberships.schoolId))
    .where(and(eq(memberships.userId, userId), hasJoined(), isNull(schools.archivedAt)))
    .orderBy(asc(schools.name))
  return rows.map(({ name }) => name)
}
