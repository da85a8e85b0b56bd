import { and, eq, gt, lte } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { oneTimeTokens } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import { clocksDiffer } from '../journal/append.ts'
import { isSetUp } from './first-administrator.ts'
import { hashToken, newToken } from './tokens.ts'

export const lifetime = 3_600_000

/** The setup link is valid for an hour. Each process makes its own, so that none invalidates another's. Null once set up. */
export async function newSetupToken(db: Database, now: Date): Promise<string | null> {
  if (await isSetUp(db)) return null
  const token = newToken()
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(oneTimeTokens).where(lte(oneTimeTokens.expiresAt, now))
    await tx
      .insert(oneTimeTokens)
      .values({ purpose: 'setup', tokenHash: hashToken(token), expiresAt: new Date(now.getTime() + lifetime) })
  })
  return token
}

const valid = (token: string, now: Date) =>
  and(
    eq(oneTimeTokens.tokenHash, hashToken(token)),
    eq(oneTimeTokens.purpose, 'setup'),
    gt(oneTimeTokens.expiresAt, now),
    lte(oneTimeTokens.expiresAt, new Date(now.getTime() + lifetime + clocksDiffer)),
  )

/** Throws `link.expired` unless the link is valid and the register is still to be set up: `init` may have been faster. */
export async function checkSetupToken(db: Database, token: string, now: Date): Promise<void> {
  const [found] = await db.select({ id: oneTimeTokens.id }).from(oneTimeTokens).where(valid(token, now))
  if (!found || (await isSetUp(db))) throw new DomainError('link.expired')
}

export async function takeSetupToken(tx: Transaction, token: string, now: Date): Promise<void> {
  const taken = await tx.delete(oneTimeTokens).where(valid(token, now)).returning({ id: oneTimeTokens.id })
  if (!taken.length) throw new DomainError('link.expired')
  await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.purpose, 'setup'))
}
