import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { oneTimeTokens, users } from '../../db/schema/index.ts'
import type { oneTimeTokenPurposes } from '../../db/values.ts'
import { DomainError } from '../errors.ts'
import { hashToken, newToken } from './tokens.ts'

export type LinkPurpose = Exclude<(typeof oneTimeTokenPurposes)[number], 'setup'>

const day = 86_400_000
const lifetimes: Record<LinkPurpose, number> = { invitation: 7 * day, passwordReset: day }

export interface Link {
  purpose: LinkPurpose
  /** The token goes into the link's fragment and is never shown again. */
  token: string
  expiresAt: Date
}

/** A user has one link of each purpose: a new one replaces it, whoever makes it and in whichever school. */
function linkIdOf(userId: string, purpose: LinkPurpose): string {
  const digits = hashToken(`${purpose} ${userId}`)
  return [0, 8, 12, 16, 20].map((from, n) => digits.slice(from, [8, 12, 16, 20, 32][n])).join('-')
}

export async function makeLink(tx: Transaction, userId: string, purpose: LinkPurpose, now: Date): Promise<Link> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + lifetimes[purpose])
  const fresh = { tokenHash: hashToken(token), expiresAt }
  await tx
    .insert(oneTimeTokens)
    .values({ id: linkIdOf(userId, purpose), purpose, userId, ...fresh })
    .onConflictDoUpdate({ target: oneTimeTokens.id, set: fresh })
  return { purpose, token, expiresAt }
}

/** An account that gains rights loses its older password links: whoever made them must not gain these rights. */
export const forgetResets = async (tx: Transaction, userId: string): Promise<void> =>
  void (await tx
    .delete(oneTimeTokens)
    .where(and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, 'passwordReset'))))

const valid = (token: string, now: Date) =>
  and(
    eq(oneTimeTokens.tokenHash, hashToken(token)),
    inArray(oneTimeTokens.purpose, ['invitation', 'passwordReset']),
    gt(oneTimeTokens.expiresAt, now),
  )

/** Throws `link.expired` unless the link is valid. */
export async function findLink(db: Reader, token: string, now: Date) {
  const [found] = await db
    .select({ purpose: oneTimeTokens.purpose, id: users.id, name: users.name, email: users.email })
    .from(oneTimeTokens)
    .innerJoin(users, eq(users.id, oneTimeTokens.userId))
    .where(and(valid(token, now), isNull(users.disabledAt)))
  if (!found) throw new DomainError('link.expired')
  return found
}

/** Of several people who use a link at once, only one succeeds. */
export async function takeLink(tx: Transaction, token: string, now: Date): Promise<void> {
  const taken = await tx.delete(oneTimeTokens).where(valid(token, now)).returning({ id: oneTimeTokens.id })
  if (!taken.length) throw new DomainError('link.expired')
}
