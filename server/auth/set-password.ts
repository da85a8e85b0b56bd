import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { oneTimeTokens, sessions, users } from '../../db/schema/index.ts'
import { forgetAttempts } from './rate-limit.ts'
import { endSessions } from './sessions.ts'
import { accountKey } from './sign-in.ts'

interface Account {
  id: string
  email: string
}

/** Ends the account's sessions, its links and its failed attempts. Returns false when the password is no longer `instead`. */
export async function setPassword(
  tx: Transaction,
  { id, email }: Account,
  passwordHash: string,
  now: Date,
  instead?: string,
): Promise<boolean> {
  const changed = await tx
    .update(users)
    .set({ passwordHash })
    .where(and(eq(users.id, id), instead === undefined ? undefined : eq(users.passwordHash, instead)))
    .returning({ id: users.id })
  if (!changed.length) return false
  await endSessions(tx, eq(sessions.userId, id))
  await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.userId, id))
  await forgetAttempts(tx, accountKey(email), now)
  return true
}
