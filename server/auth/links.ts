import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { oneTimeTokens, users } from '../../db/schema/index.ts'
import type { oneTimeTokenPurposes } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { clocksDiffer } from '../journal/append.ts'
import { hashToken, newToken } from './tokens.ts'

type Purpose = Exclude<(typeof oneTimeTokenPurposes)[number], 'setup'>

const day = 86_400_000
/** An `invitation` was made by an older release: its account has no password yet. */
export const lifetimes: Record<Purpose, number> = { invitation: 7 * day, membership: 7 * day, passwordReset: day }
const purposes = Object.keys(lifetimes) as Purpose[]

export interface Link {
  purpose: 'invitation' | 'passwordReset'
  token: string
  expiresAt: Date
}
export const told = (purpose: Purpose): Link['purpose'] => (purpose === 'membership' ? 'invitation' : purpose)

/** A person has one link to a new password, and one to each school that waits for her: a new one replaces it, whoever makes it. */
function linkIdOf(...words: (string | number)[]): string {
  const digits = hashToken(words.join(' '))
  return [0, 8, 12, 16, 20].map((from, n) => digits.slice(from, [8, 12, 16, 20, 32][n])).join('-')
}

type Maker = Pick<Context, 'actor' | 'now'> & { school: Pick<Context['school'], 'id'> }
async function makeLink(tx: Transaction, { school, actor, now }: Maker, userId: string, purpose: Purpose, id: string) {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + lifetimes[purpose])
  const fresh = { tokenHash: hashToken(token), expiresAt, schoolId: school.id, madeBy: actor.userId }
  await tx
    .insert(oneTimeTokens)
    .values({ id, purpose, userId, ...fresh })
    .onConflictDoUpdate({ target: oneTimeTokens.id, set: fresh })
  return { purpose: told(purpose), token, expiresAt }
}

type Invited = Pick<typeof users.$inferSelect, 'id' | 'isService'>
/** With it a person joins the school: it gives nobody the other rights of her account. Throws `member.service`. */
export async function makeInvitation(tx: Transaction, by: Maker, { id: userId, isService }: Invited): Promise<Link> {
  if (isService) throw new DomainError('member.service')
  return makeLink(tx, by, userId, 'membership', linkIdOf('membership', by.school.id, userId))
}

/** Whoever opens it chooses the password, so the present one no longer counts as the person's own choice. */
export async function makeReset(tx: Transaction, by: Maker, userId: string): Promise<Link> {
  await tx.update(users).set({ passwordChosenAt: null }).where(eq(users.id, userId))
  return makeLink(tx, by, userId, 'passwordReset', linkIdOf('passwordReset', userId))
}

const ofUser = (userId: string) => eq(oneTimeTokens.userId, userId)

/** An account that gains rights loses its older password links: whoever made them must not gain these rights. */
export const forgetResets = async (tx: Transaction, userId: string): Promise<void> =>
  void (await tx
    .delete(oneTimeTokens)
    .where(and(ofUser(userId), inArray(oneTimeTokens.purpose, ['passwordReset', 'invitation']))))

/** Links of other schools stay: a school learns nothing about them. */
export const forgetLinksOf = async (tx: Transaction, schoolId: number, userId: string): Promise<void> =>
  void (await tx
    .delete(oneTimeTokens)
    .where(and(ofUser(userId), or(eq(oneTimeTokens.schoolId, schoolId), isNull(oneTimeTokens.schoolId)))))

/** A link made while the clock was ahead is not valid for longer than any other. */
const valid = (token: string, now: Date) =>
  and(
    eq(oneTimeTokens.tokenHash, hashToken(token)),
    gt(oneTimeTokens.expiresAt, now),
    or(
      ...purposes.map((purpose) =>
        and(
          eq(oneTimeTokens.purpose, purpose),
          lte(oneTimeTokens.expiresAt, new Date(now.getTime() + lifetimes[purpose] + clocksDiffer)),
        ),
      ),
    ),
  )

/** Throws `link.expired` unless the link is valid. An invitation stays so where the account is disabled: the inviting school must not learn it. */
export async function findLink(db: Reader, token: string, now: Date) {
  const [found] = await db
    .select({
      purpose: oneTimeTokens.purpose,
      schoolId: oneTimeTokens.schoolId,
      madeBy: oneTimeTokens.madeBy,
      id: users.id,
      name: users.name,
      email: users.email,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
    })
    .from(oneTimeTokens)
    .innerJoin(users, eq(users.id, oneTimeTokens.userId))
    .where(and(valid(token, now), or(isNull(users.disabledAt), eq(oneTimeTokens.purpose, 'membership'))))
  if (!found) throw new DomainError('link.expired')
  return { ...found, purpose: found.purpose as Purpose }
}
export type FoundLink = Awaited<ReturnType<typeof findLink>>

/** Of several people who use a link at once, only one succeeds. */
export async function takeLink(tx: Transaction, token: string, now: Date): Promise<void> {
  const taken = await tx.delete(oneTimeTokens).where(valid(token, now)).returning({ id: oneTimeTokens.id })
  if (!taken.length) throw new DomainError('link.expired')
}
