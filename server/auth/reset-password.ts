import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { setPassword } from './set-password.ts'

export async function resetPassword(db: Database, email: string, password: string, now: Date): Promise<boolean> {
  refuseCommonPassword(password, email)
  const hash = await hashPassword(password)
  return db.transaction(noSchool, async (tx) => {
    const [user] = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt)))
    return user ? setPassword(tx, user, { hash }, now) : false
  })
}
