/** What an administrator of one school may not do to an account that has rights beyond that school. */
import type { SQL } from 'drizzle-orm'
import { and, eq, exists, isNotNull, isNull, ne, not, notExists, or, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'

const others = alias(memberships, 'others')
const mine = alias(memberships, 'mine')
const acting = alias(users, 'acting')
const one = { one: sql`1` }

/** Nobody's id: the command line has no account. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Whether the row of `users` may do something that the actor may not: it belongs to a school that the actor is not an
 * administrator of, or owns the register and the actor doesn't. Whoever holds a link to such an account's password would
 * gain those rights, so the actor gets none. It looks into other schools, and tells of them nothing but this.
 */
export function hasRightsBeyond(db: Reader, { school, actor }: Pick<Context, 'school' | 'actor'>): SQL {
  const actorId = actor.userId ?? nobody
  const administers = db
    .select(one)
    .from(mine)
    .where(
      and(
        eq(mine.schoolId, others.schoolId),
        eq(mine.userId, actorId),
        eq(mine.role, 'administrator'),
        isNull(mine.archivedAt),
      ),
    )
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

/**
 * Whether the account has rights beyond the actor's. `member.pending` where it has and nobody has set its password yet:
 * whoever holds the other school's invitation would come to hold this school's rights too.
 */
export async function reachesBeyond(tx: Transaction, ctx: Context, userId: string): Promise<boolean> {
  const [beyond] = await tx
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, userId), hasRightsBeyond(tx, ctx)))
  if (beyond && beyond.passwordHash === null) throw new DomainError('member.pending')
  return Boolean(beyond)
}

/**
 * Before an administrator loses the role: throws `member.last_administrator` unless another one who can sign in remains.
 * The school's lock is held, so of two who demote each other the second finds this out.
 */
export async function keepAnAdministrator(tx: Transaction, schoolId: number, leaving: string): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.schoolId, schoolId),
        ne(memberships.id, leaving),
        eq(memberships.role, 'administrator'),
        isNull(memberships.archivedAt),
        isNotNull(users.passwordHash),
        isNull(users.disabledAt),
      ),
    )
    .limit(1)
  if (!other) throw new DomainError('member.last_administrator')
}

/** An instructor's record belongs to one account at most: two would each see what only one should. */
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
      and(
        eq(memberships.schoolId, schoolId),
        eq(memberships.instructorId, instructorId),
        isNull(memberships.archivedAt),
        membershipId ? ne(memberships.id, membershipId) : undefined,
      ),
    )
    .limit(1)
  if (taken) throw new DomainError('member.instructor_taken')
}
