import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { hashPassword, refuseCommonPassword } from '../auth/passwords.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { School } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { addRows } from '../records/write.ts'
import { memberKind } from './kind.ts'

export interface NewAccount {
  name: string
  email: string
  role: Role
  password: string
}

/** For the command line: the account can sign in at once. Throws `email.taken` for one that exists. */
export async function addAccount(db: Database, school: School, account: NewAccount, now: Date): Promise<void> {
  const { password, role, ...who } = account
  refuseCommonPassword(password, who.name, who.email, school.name)
  const user = { id: newId(), ...who, passwordHash: await hashPassword(password), createdAt: now }
  const inputHash = sha256(canonical({ ...who, role, school: school.slug }))
  const operation = { id: newId(), procedure: 'members.invite', inputHash, way: 'cli' } as const
  const actor = { userId: null, role: 'administrator', instructorId: null } as const
  await mutate(
    { db, school, actor, now, operation },
    { deed: 'add', about: 'membership' },
    async (tx) => {
      const made = await tx.insert(users).values(user).onConflictDoNothing({ target: users.email }).returning()
      if (!made.length) throw new DomainError('email.taken')
      return addRows(tx, memberKind, school.id, [{ userId: user.id, role }])
    },
    async () => undefined,
  )
}
