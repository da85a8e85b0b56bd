import { count, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { schools, users } from '../../db/schema/index.ts'
import type { OperationKey } from '../context.ts'
import { DomainError } from '../errors.ts'
import { append, beginOperation } from '../journal/append.ts'
import type { Change } from '../journal/entry.ts'
import '../kinds.ts'
import type { NewSchool } from '../schools/create.ts'
import { addOwner, createSchool } from '../schools/create.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'

export interface FirstAdministrator {
  name: string
  email: string
  password: string
  school?: NewSchool
}

export async function isSetUp(db: Pick<Transaction, 'select'>): Promise<boolean> {
  const [row] = await db.select({ owners: count() }).from(users).where(eq(users.isOwner, true))
  return (row?.owners ?? 0) > 0
}

async function journalIn(
  tx: Transaction,
  schoolId: number,
  key: OperationKey,
  actorId: string,
  now: Date,
  changes: Change[],
) {
  const operation = { ...key, deed: 'add' as const, about: 'membership' as const, actorId, at: now }
  const head = await beginOperation(tx, schoolId, operation)
  if (!head) throw new DomainError('operation.repeated')
  await append(tx, schoolId, head, changes)
}

const schoolIds = async (db: Pick<Transaction, 'select'>) =>
  (await db.select({ id: schools.id }).from(schools)).map(({ id }) => id)

/** The account owns the register. Throws `link.expired` when there is one. `and` runs in the same transaction, after it. */
export async function createFirstAdministrator<T>(
  db: Database,
  key: OperationKey,
  { name, email, password, school }: FirstAdministrator,
  now: Date,
  and: (tx: Transaction, userId: string) => Promise<T>,
): Promise<T> {
  refuseCommonPassword(password, name, email, school?.name ?? '')
  const passwordHash = await hashPassword(password)
  const user = { id: newId(), email, name, passwordHash, passwordChosenAt: now, isOwner: true, createdAt: now }
  for (;;) {
    const locked = await schoolIds(db)
    const made = await db.transaction([register, ...locked], async (tx) => {
      if (await isSetUp(tx)) throw new DomainError('link.expired')
      // An import has made a school meanwhile, whose lock this transaction does not hold.
      if ((await schoolIds(tx)).length !== locked.length) return undefined
      await tx.insert(users).values(user)
      for (const id of locked) await journalIn(tx, id, key, user.id, now, await addOwner(tx, id, user.id))
      if (school) {
        const { school: row, changes } = await createSchool(tx, school)
        await journalIn(tx, row.id, key, user.id, now, changes)
      }
      return { answer: await and(tx, user.id) }
    })
    if (made) return made.answer
  }
}
