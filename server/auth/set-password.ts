import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { sessions, users } from '../../db/schema/index.ts'
import { accountKey } from './guesses.ts'
import { forgetResets } from './links.ts'
import { forgetAttempts } from './rate-limit.ts'
import { endSessions } from './sessions.ts'

interface Account {
  id: string
  email: string
}

interface NewPassword {
  hash: string
  instead?: string | null
  isOwnChoice?: true
}

/** Ends the account's sessions, its password links and its failed attempts. Returns false when the password is no longer `instead`. */
export async function setPassword(
  tx: Transaction,
  { id, email }: Account,
  { hash, instead, isOwnChoice }: NewPassword,
  now: Date,
): Promise<boolean> {
  const expected = instead === null ? isNull(users.passwordHash) : instead && eq(users.passwordHash, instead)
  const changed = await tx
    .update(users)
    .set({ passwordHash: hash, passwordChosenAt: isOwnChoice ? now : null })
    .where(and(eq(users.id, id), expected || undefined))
    .returning({ id: users.id })
  if (!changed.length) return false
  await endSessions(tx, eq(sessions.userId, id))
  await forgetResets(tx, id)
  await forgetAttempts(tx, accountKey(email), now)
  return true
}
