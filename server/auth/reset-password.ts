import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { sessions, users } from '../../db/schema/index.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { forgetAttempts } from './rate-limit.ts'
import { accountKey } from './sign-in.ts'

/** Gives the account of `email` another password and ends its sessions; false when nobody has such an account. */
export async function resetPassword(db: Database, email: string, password: string, now: Date): Promise<boolean> {
  refuseCommonPassword(password, email)
  const passwordHash = await hashPassword(password)
  return db.transaction(noSchool, async (tx) => {
    const [user] = await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.email, email), isNull(users.disabledAt)))
      .returning({ id: users.id })
    if (!user) return false
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    await forgetAttempts(tx, accountKey(email), now)
    return true
  })
}
