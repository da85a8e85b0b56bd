import { eq, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { sessions, users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { AccountTold } from '../members/kind.ts'
import type { Account } from './account.ts'
import { endTokens } from './end-tokens.ts'
import { forgetResets } from './links.ts'
import { endSessions } from './sessions.ts'

/** Throws `owner.last` when nobody else who can sign in owns the register. Of two owners who leave at once, the second finds this. */
export async function keepAnOwner(tx: Transaction, leaving: string): Promise<void> {
  const owners = await tx
    .update(users)
    .set({ name: sql`${users.name}` })
    .where(eq(users.isOwner, true))
    .returning({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
  const others = owners.filter(({ id, passwordHash, disabledAt }) => id !== leaving && passwordHash && !disabledAt)
  if (!others.length) throw new DomainError('owner.last')
}

type Owning = Pick<Account, 'id' | 'isOwner'>
/** An owner is an administrator of every school that is made from now on. Older links must not give that right. */
export async function makeOwner(tx: Transaction, { id, isOwner }: Owning): Promise<AccountTold> {
  await tx.update(users).set({ isOwner: true }).where(eq(users.id, id))
  await forgetResets(tx, id)
  return { isOwner: [isOwner, true] }
}

export async function endOwnership(tx: Transaction, { id, isOwner }: Owning): Promise<AccountTold> {
  await keepAnOwner(tx, id)
  await tx.update(users).set({ isOwner: false }).where(eq(users.id, id))
  return { isOwner: [isOwner, false] }
}

/** A disabled account signs in nowhere, and all its sessions and tokens end at once, in every process. Throws `owner.last`. */
export async function disableAccount(
  tx: Transaction,
  { id, isOwner, disabledAt }: Pick<Account, 'id' | 'isOwner' | 'disabledAt'>,
  now: Date,
): Promise<AccountTold> {
  if (isOwner) await keepAnOwner(tx, id)
  await tx.update(users).set({ disabledAt: now }).where(eq(users.id, id))
  await endSessions(tx, eq(sessions.userId, id))
  await forgetResets(tx, id)
  await endTokens(tx, id)
  return { isDisabled: [disabledAt !== null, true] }
}

export async function enableAccount(
  tx: Transaction,
  { id, disabledAt }: Pick<Account, 'id' | 'disabledAt'>,
): Promise<AccountTold> {
  await tx.update(users).set({ disabledAt: null }).where(eq(users.id, id))
  return { isDisabled: [disabledAt !== null, false] }
}

/** Throws `owner.only` for whoever does not own the register. */
export async function requireOwner(db: Reader, userId: string | null): Promise<void> {
  const [row] = await db
    .select({ isOwner: users.isOwner, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, userId ?? ''))
  if (!row?.isOwner || row.disabledAt) throw new DomainError('owner.only')
}

export async function ownsRegister(db: Reader, userId: string | null): Promise<boolean> {
  if (userId === null) return false
  const [row] = await db.select({ isOwner: users.isOwner }).from(users).where(eq(users.id, userId))
  return row?.isOwner ?? false
}
