import { eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Person, RequestContext } from '../trpc.ts'
import { withDevice } from './devices.ts'
import { countGuess } from './guesses.ts'
import type { ChangePasswordInput } from './input.ts'
import { noted } from './noted.ts'
import { hashPassword, isPassword, refuseCommonPassword } from './passwords.ts'
import { startSession } from './sessions.ts'
import { setPassword } from './set-password.ts'

type SignedIn = Omit<RequestContext, 'person'> & { person: Person }
/** Throws `password.wrong` unless the old password is right, and `password.same` for the same one. Every other session ends; this one gets a new token. */
export const changePassword = (ctx: SignedIn, key: string, given: ChangePasswordInput): Promise<void> =>
  noted(ctx, 'change', { userId: ctx.person.userId }, () => withOldPassword(ctx, key, given))

async function withOldPassword(ctx: SignedIn, key: string, { oldPassword, newPassword }: ChangePasswordInput) {
  const { db, now, person, userAgent } = ctx
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, person.userId))
  const stored = user?.passwordHash ?? null
  await countGuess(ctx, { email: person.email, passwordHash: stored }, person.sessionId)
  if (!(await isPassword(stored, oldPassword)) || stored === null) throw new DomainError('password.wrong')
  if (newPassword === oldPassword) throw new DomainError('password.same')
  refuseCommonPassword(newPassword, person.name, person.email, ...person.memberships.map(({ school }) => school.name))
  const hash = await hashPassword(newPassword)
  const account = { id: person.userId, email: person.email }
  const cookie = await db.transaction(noSchool, async (tx) => {
    const isSet = await setPassword(tx, account, { hash, instead: stored, isOwnChoice: true }, now)
    if (!isSet) throw new DomainError('password.wrong')
    return startSession(tx, key, person.userId, now, { userAgent, instead: person.sessionId })
  })
  ctx.setSession(cookie)
  ctx.setDevice(withDevice(ctx.device, { email: person.email, passwordHash: hash }))
  return person.userId
}
