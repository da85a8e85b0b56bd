import { and, eq, isNull } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { RequestContext } from '../trpc.ts'
import { withDevice } from './devices.ts'
import { countGuess, forgetGuesses } from './guesses.ts'
import type { CreateSessionInput } from './input.ts'
import { noted } from './noted.ts'
import { isPassword } from './passwords.ts'
import { startSession } from './sessions.ts'

/** Throws `session.wrong_password` alike for a wrong password and an unknown account, and `operation.repeated`. */
export const signIn = (ctx: RequestContext, key: string, given: CreateSessionInput): Promise<void> =>
  noted(ctx, 'password', { email: given.email }, () => withPassword(ctx, key, given))

async function withPassword(ctx: RequestContext, key: string, { email, password }: CreateSessionInput) {
  const { db, now } = ctx
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.email, email), isNull(users.disabledAt)))
  const passwordHash = user?.passwordHash ?? null
  const device = await countGuess(ctx, { email, passwordHash })
  const right = await isPassword(passwordHash, password)
  if (!user || !right) throw new DomainError('session.wrong_password')
  const instead = (await ctx.person())?.sessionId
  const token = await db.transaction(noSchool, async (tx) => {
    await forgetGuesses(tx, ctx, email, device)
    return startSession(tx, key, user.id, now, { userAgent: ctx.userAgent, instead })
  })
  ctx.setSession(token)
  ctx.setDevice(withDevice(ctx.device, { email, passwordHash }))
  return user.id
}
