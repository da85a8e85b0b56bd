import { eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import type { Person, RequestContext } from '../trpc.ts'
import type { ChangePasswordInput } from './input.ts'
import { hashPassword, isPassword, refuseCommonPassword } from './passwords.ts'
import { countAttempt, networkOf } from './rate-limit.ts'
import { startSession } from './sessions.ts'
import { setPassword } from './set-password.ts'
import { accountKey, perAccountAndNetwork } from './sign-in.ts'

/** Throws `password.wrong` unless the old password is right. Every other session ends; this one gets a new token. */
export async function changePassword(
  ctx: Omit<RequestContext, 'person'> & { person: Person },
  key: string,
  { oldPassword, newPassword }: ChangePasswordInput,
): Promise<void> {
  const { db, now, person, userAgent } = ctx
  await countAttempt(db, `${accountKey(person.email)}:${networkOf(ctx.address)}`, perAccountAndNetwork, now)
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, person.userId))
  const stored = user?.passwordHash ?? null
  if (!(await isPassword(stored, oldPassword)) || stored === null) throw new DomainError('password.wrong')
  refuseCommonPassword(newPassword, person.name, person.email, ...person.memberships.map(({ school }) => school.name))
  const passwordHash = await hashPassword(newPassword)
  const account = { id: person.userId, email: person.email }
  const cookie = await db.transaction(noSchool, async (tx) => {
    if (!(await setPassword(tx, account, passwordHash, now, stored))) throw new DomainError('password.wrong')
    return startSession(tx, key, person.userId, now, { userAgent, instead: person.sessionId })
  })
  ctx.setSession(cookie)
}
