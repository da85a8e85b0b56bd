import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { memberships, schools } from '../../db/schema/index.ts'
import type { RequestContext } from '../trpc.ts'
import type { AcceptInvitationInput } from './input.ts'
import { findLink, takeLink } from './links.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { countAttempt, networkOf, uncountAttempt } from './rate-limit.ts'
import { startSession } from './sessions.ts'
import { setPassword } from './set-password.ts'

/** So many invalid links may be tried from one network in 15 minutes. */
const perNetwork = 50
const networkKey = ({ address }: RequestContext) => `link:network:${networkOf(address)}`

const schoolsOf = async (db: Reader, userId: string) => {
  const rows = await db
    .select({ name: schools.name })
    .from(memberships)
    .innerJoin(schools, eq(schools.id, memberships.schoolId))
    .where(and(eq(memberships.userId, userId), isNull(memberships.archivedAt), isNull(schools.archivedAt)))
    .orderBy(asc(schools.name))
  return rows.map(({ name }) => name)
}

/** Throws `link.expired` when the link is not valid any more. */
export async function describeInvitation(ctx: RequestContext, token: string) {
  const { db, now } = ctx
  await countAttempt(db, networkKey(ctx), perNetwork, now)
  const { purpose, id, name, email } = await findLink(db, token, now)
  await db.transaction(noSchool, (tx) => uncountAttempt(tx, networkKey(ctx)))
  return { purpose, name, email, schools: await schoolsOf(db, id) }
}

/** Every other session of the account ends, and the caller's own one too. */
export async function acceptInvitation(ctx: RequestContext, key: string, { token, password }: AcceptInvitationInput) {
  const { db, now, userAgent } = ctx
  await countAttempt(db, networkKey(ctx), perNetwork, now)
  const user = await findLink(db, token, now)
  refuseCommonPassword(password, user.name, user.email, ...(await schoolsOf(db, user.id)))
  const passwordHash = await hashPassword(password)
  const instead = (await ctx.person())?.sessionId
  const cookie = await db.transaction(noSchool, async (tx) => {
    await takeLink(tx, token, now)
    await setPassword(tx, user, passwordHash, now)
    await uncountAttempt(tx, networkKey(ctx))
    return startSession(tx, key, user.id, now, { userAgent, instead })
  })
  ctx.setSession(cookie)
}
