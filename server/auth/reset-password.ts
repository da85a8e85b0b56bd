import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { lockAccount, schoolNamesOf } from './account.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { setPassword } from './set-password.ts'

/** For the command line. Returns false when nobody signs in with the address. */
export async function resetPassword(db: Database, email: string, password: string, now: Date): Promise<boolean> {
  const whose = and(eq(users.email, email), isNull(users.disabledAt))
  const [user] = await db.select({ id: users.id, name: users.name }).from(users).where(whose)
  if (!user) return false
  refuseCommonPassword(password, email, user.name, ...(await schoolNamesOf(db, user.id)))
  const hash = await hashPassword(password)
  return db.transaction(noSchool, async (tx) => {
    const account = await lockAccount(tx, eq(users.id, user.id))
    return account && !account.disabledAt ? setPassword(tx, account, { hash }, now) : false
  })
}
