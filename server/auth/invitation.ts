import { eq } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { RequestContext } from '../trpc.ts'
import { lockAccount, schoolNamesOf } from './account.ts'
import { withDevice } from './devices.ts'
import type { AcceptInvitationInput } from './input.ts'
import { joinSchool, waitingMembership } from './join.ts'
import type { FoundLink } from './links.ts'
import { findLink, takeLink, told } from './links.ts'
import type { Whose } from './noted.ts'
import { noted } from './noted.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { countAttempt, networkOf, uncountAttempt } from './rate-limit.ts'
import { reachesBeyond, stillAdministers } from './rights.ts'
import { startSession } from './sessions.ts'
import { setPassword } from './set-password.ts'

/** So many invalid links may be tried from one network in 15 minutes. */
export const perNetwork = 50
const linksKey = ({ address }: RequestContext) => `link:network:${networkOf(address)}`

/** An invitation tells what the inviting school wrote, and nothing about an account that may exist already. */
async function described(db: Reader, link: FoundLink) {
  const { id, purpose, email, name } = link
  if (purpose !== 'membership') return { purpose, name, email, schools: await schoolNamesOf(db, id) }
  const { invitedName, school } = await waitingMembership(db, link)
  return { purpose: told(purpose), name: invitedName, email, schools: [school] }
}

/** Throws `link.expired` when the link is not valid any more. */
export async function describeInvitation(ctx: RequestContext, token: string) {
  const { db, now } = ctx
  await countAttempt(ctx, linksKey(ctx), perNetwork)
  const answer = await described(db, await findLink(db, token, now))
  await db.transaction(noSchool, (tx) => uncountAttempt(tx, linksKey(ctx)))
  return answer
}

type And<T> = (tx: Transaction) => Promise<T>
/** Throws `link.expired` where whoever made the link is disabled, or no longer administers every right of the account. */
async function acceptReset<T>({ db, now }: RequestContext, link: FoundLink, given: AcceptInvitationInput, and: And<T>) {
  const { token, password } = given
  if (password === undefined) throw new DomainError('password.choose')
  refuseCommonPassword(password, link.name, link.email, ...(await schoolNamesOf(db, link.id)))
  const hash = await hashPassword(password)
  return db.transaction(noSchool, async (tx) => {
    const account = await lockAccount(tx, eq(users.id, link.id))
    await takeLink(tx, token, now)
    const isBeyond = link.madeBy !== null && (await reachesBeyond(tx, link.madeBy, link.id))
    if (!account || account.disabledAt || isBeyond || !(await stillAdministers(tx, link)))
      throw new DomainError('link.expired')
    await setPassword(tx, account, { hash }, now)
    return and(tx)
  })
}

/** Every other session of the account ends, and the caller's own one too. */
export function acceptInvitation(ctx: RequestContext, key: string, given: AcceptInvitationInput): Promise<void> {
  const whose: Whose = {}
  return noted(ctx, 'link', whose, () => withLink(ctx, key, given, whose))
}

async function withLink(ctx: RequestContext, key: string, given: AcceptInvitationInput, whose: Whose) {
  const { db, now, userAgent } = ctx
  await countAttempt(ctx, linksKey(ctx), perNetwork)
  const link = await findLink(db, given.token, now)
  whose.email = link.email
  const instead = (await ctx.person())?.sessionId
  const signIn = async (tx: Transaction) => {
    await uncountAttempt(tx, linksKey(ctx))
    return startSession(tx, key, link.id, now, { userAgent, instead })
  }
  const cookie =
    link.purpose === 'membership'
      ? await joinSchool(ctx, key, link, given, signIn)
      : await acceptReset(ctx, link, given, signIn)
  ctx.setSession(cookie)
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, link.id))
  ctx.setDevice(withDevice(ctx.device, { email: link.email, passwordHash: user?.passwordHash ?? null }))
  return link.id
}
