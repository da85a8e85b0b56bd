import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'

/**
 * Invitations, links, passwords and joinings of one account wait for each other: what is read after this stays true.
 * The locks of schools are taken before it, never after. Returns undefined when there is no such account.
 */
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
      disabledAt: users.disabledAt,
    })
  return account
}
export type Account = NonNullable<Awaited<ReturnType<typeof lockAccount>>>
