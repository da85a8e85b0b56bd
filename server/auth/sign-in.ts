import { and, eq, isNull } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { RequestContext } from '../trpc.ts'
import { accountKey, countGuess } from './guesses.ts'
import type { CreateSessionInput } from './input.ts'
import { isPassword } from './passwords.ts'
import { countAttempt, forgetAttempts, networkOf, uncountAttempt } from './rate-limit.ts'
import { startSession } from './sessions.ts'

/** So many attempts from one network are looked at in 15 minutes. */
const perNetwork = 50

/** Throws `session.wrong_password` alike for a wrong password and an unknown account, and `operation.repeated`. */
export async function signIn(ctx: RequestContext, key: string, { email, password }: CreateSessionInput): Promise<void> {
  const { db, now } = ctx
  const account = accountKey(email)
  const network = `sign-in:network:${networkOf(ctx.address)}`
  await countAttempt(db, network, perNetwork, now)
  await countGuess(ctx, email)
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.email, email), isNull(users.disabledAt)))
  const right = await isPassword(user?.passwordHash ?? null, password)
  if (!user || !right) throw new DomainError('session.wrong_password')
  const instead = (await ctx.person())?.sessionId
  const token = await db.transaction(noSchool, async (tx) => {
    await forgetAttempts(tx, account, now)
    await uncountAttempt(tx, network)
    return startSession(tx, key, user.id, now, { userAgent: ctx.userAgent, instead })
  })
  ctx.setSession(token)
}
