import { count, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { schools, users } from '../../db/schema/index.ts'
import type { OperationKey } from '../context.ts'
import { DomainError } from '../errors.ts'
import { append, beginOperation } from '../journal/append.ts'
import type { Change } from '../journal/entry.ts'
import type { NewSchool } from '../schools/create.ts'
import { addAdministrator, createSchool } from '../schools/create.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'

export interface FirstAdministrator {
  name: string
  email: string
  password: string
  /** A first school to make; none when an import is to bring them. */
  school?: NewSchool
}

/** Whether nobody has set this register up yet. */
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
  const operation = { ...key, actorId, at: now }
  const head = await beginOperation(tx, schoolId, operation)
  if (!head) throw new DomainError('operation.repeated')
  await append(tx, schoolId, operation, head, changes)
}

/**
 * Makes the first account, owner of the register and administrator of every school in it; `link.expired` once there is
 * one. `and` runs in the same transaction, after the account is made.
 */
export async function createFirstAdministrator<T>(
  db: Database,
  key: OperationKey,
  { name, email, password, school }: FirstAdministrator,
  now: Date,
  and: (tx: Transaction, userId: string) => Promise<T>,
): Promise<T> {
  refuseCommonPassword(password, name, email, school?.name ?? '')
  const passwordHash = await hashPassword(password)
  const existing = (await db.select({ id: schools.id }).from(schools)).map(({ id }) => id)
  return db.transaction([register, ...existing], async (tx) => {
    if (await isSetUp(tx)) throw new DomainError('link.expired')
    const userId = newId()
    await tx.insert(users).values({ id: userId, email, name, passwordHash, isOwner: true, createdAt: now })
    const known = existing.length
      ? await tx.select({ id: schools.id }).from(schools).where(inArray(schools.id, existing))
      : []
    for (const { id } of known) await journalIn(tx, id, key, userId, now, [await addAdministrator(tx, id, userId)])
    if (school) {
      const made = await createSchool(tx, school)
      await journalIn(tx, made.school.id, key, userId, now, made.changes)
    }
    return and(tx, userId)
  })
}
