/** An administrator of one school must not gain an account's rights in other schools. */
import type { SQL } from 'drizzle-orm'
import { and, eq, exists, isNotNull, isNull, ne, not, notExists, or, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { inUse } from '../../db/rows.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'

const others = alias(memberships, 'others')
const mine = alias(memberships, 'mine')
const acting = alias(users, 'acting')
const one = { one: sql`1` }

/** The command line has no account, so this id is nobody's. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** True for an owner of the register or a member of a school that the actor does not administer: a link gives these rights. */
export function hasRightsBeyond(db: Reader, { school, actor }: Pick<Context, 'school' | 'actor'>): SQL {
  const actorId = actor.userId ?? nobody
  const administers = db
    .select(one)
    .from(mine)
    .where(inUse(mine, others.schoolId, eq(mine.userId, actorId), eq(mine.role, 'administrator')))
  const elsewhere = db
    .select(one)
    .from(others)
    .where(
      and(
        eq(others.userId, users.id),
        ne(others.schoolId, school.id),
        isNull(others.archivedAt),
        notExists(administers),
      ),
    )
  const owns = exists(
    db
      .select(one)
      .from(acting)
      .where(and(eq(acting.id, actorId), eq(acting.isOwner, true))),
  )
  return or(exists(elsewhere), and(eq(users.isOwner, true), not(owns))) as SQL
}

/** Throws `member.pending` without a password: the holder of another school's invitation would gain this school's rights. */
export async function reachesBeyond(tx: Transaction, ctx: Context, userId: string): Promise<boolean> {
  const [beyond] = await tx
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, userId), hasRightsBeyond(tx, ctx)))
  if (beyond && beyond.passwordHash === null) throw new DomainError('member.pending')
  return Boolean(beyond)
}

/** Throws `member.last_administrator`. The school's lock makes the second of two who demote each other find this. */
export async function keepAnAdministrator(tx: Transaction, schoolId: number, leaving: string): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      inUse(
        memberships,
        schoolId,
        ne(memberships.id, leaving),
        eq(memberships.role, 'administrator'),
        isNotNull(users.passwordHash),
        isNull(users.disabledAt),
      ),
    )
    .limit(1)
  if (!other) throw new DomainError('member.last_administrator')
}

/** Two accounts of one instructor would both see her classes. */
export async function requireFreeInstructor(
  tx: Transaction,
  schoolId: number,
  instructorId: string | null | undefined,
  membershipId?: string,
): Promise<void> {
  if (!instructorId) return
  const [taken] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      inUse(
        memberships,
        schoolId,
        eq(memberships.instructorId, instructorId),
        membershipId ? ne(memberships.id, membershipId) : undefined,
      ),
    )
    .limit(1)
  if (taken) throw new DomainError('member.instructor_taken')
}
