import { and, asc, eq } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Account } from '../auth/account.ts'
import { lockAccount } from '../auth/account.ts'
import { hasJoined } from '../auth/rights.ts'
import { canonical, sha256 } from '../canonical.ts'
import { append, beginOperation } from '../journal/append.ts'
import { alsoTelling } from '../journal/entry.ts'
import { changeRows } from '../records/write.ts'
import type { AccountTold } from './kind.ts'
import { memberKind } from './kind.ts'

const joinedBy = (db: Reader, userId: string) =>
  db
    .select()
    .from(memberships)
    .where(and(eq(memberships.userId, userId), hasJoined()))
    .orderBy(asc(memberships.schoolId))
type Membership = Awaited<ReturnType<typeof joinedBy>>[number]

async function tell(tx: Transaction, membership: Membership, told: AccountTold, operation: Operation) {
  const changes = await changeRows(tx, memberKind, [membership], {}, () => true)
  const head = await beginOperation(tx, membership.schoolId, { ...operation, id: newId() })
  if (!head) throw new Error('an operation of this id has been made before')
  await append(tx, membership.schoolId, head, alsoTelling(changes, told))
}
const operationOf = (procedure: string, userId: string, at: Date) =>
  ({
    deed: 'change',
    about: 'membership',
    way: 'cli',
    procedure,
    inputHash: sha256(canonical({ userId })),
    actorId: null,
    at,
  }) as const
type Operation = ReturnType<typeof operationOf>

type Work = (tx: Transaction, account: Account, now: Date) => Promise<AccountTold>
/** The journal of each school that the person has joined tells of the change, in the same transaction. Returns false where nobody signs in with the address. */
export async function changeAccountByCommand(
  db: Database,
  email: string,
  procedure: string,
  work: Work,
  now: Date,
): Promise<boolean> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (!user) return false
  for (;;) {
    const locked = (await joinedBy(db, user.id)).map(({ schoolId }) => schoolId)
    const isDone = await db.transaction(locked, async (tx) => {
      const account = await lockAccount(tx, eq(users.id, user.id))
      const joined = await joinedBy(tx, user.id)
      // The person has joined a school meanwhile, whose lock this transaction does not hold.
      if (!account || joined.some(({ schoolId }) => !locked.includes(schoolId))) return false
      const told = await work(tx, account, now)
      for (const membership of joined) await tell(tx, membership, told, operationOf(procedure, user.id, now))
      return true
    })
    if (isDone) return true
  }
}
