/** An administrator of one school must not gain an account's rights in other schools. */
import type { Column, SQL } from 'drizzle-orm'
import { and, eq, exists, isNull, not, notExists, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { FoundLink } from './links.ts'

/** A membership gives rights once its person has joined, until it is archived. */
export const hasJoined = ({
  archivedAt,
  invitedName,
}: Record<'archivedAt' | 'invitedName', Column> = memberships): SQL =>
  and(isNull(archivedAt), isNull(invitedName)) as SQL

const others = alias(memberships, 'others')
const mine = alias(memberships, 'mine')
const acting = alias(users, 'acting')
const one = { one: sql`1` }

/** The command line has no account, so this id is nobody's. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** True for an owner of the register and for a member of a school that the actor does not administer: a link gives these rights. */
export function hasRightsBeyond(db: Reader, actorId: string | null): SQL {
  const actor = actorId ?? nobody
  const administers = db
    .select(one)
    .from(mine)
    .where(
      and(eq(mine.schoolId, others.schoolId), eq(mine.userId, actor), eq(mine.role, 'administrator'), hasJoined(mine)),
    )
  const elsewhere = db
    .select(one)
    .from(others)
    .where(and(eq(others.userId, users.id), hasJoined(others), notExists(administers)))
  const owns = exists(
    db
      .select(one)
      .from(acting)
      .where(and(eq(acting.id, actor), eq(acting.isOwner, true))),
  )
  return or(exists(elsewhere), and(eq(users.isOwner, true), not(owns))) as SQL
}

export async function reachesBeyond(db: Reader, actorId: string | null, userId: string): Promise<boolean> {
  const [beyond] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), hasRightsBeyond(db, actorId)))
  return beyond !== undefined
}

/** What a link gives is worth what its maker is now: of a taken account that was disabled, no link works. The command line's do. */
export async function stillAdministers(db: Reader, { madeBy, schoolId }: Pick<FoundLink, 'madeBy' | 'schoolId'>) {
  if (madeBy === null) return true
  const [maker] = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(
      and(
        eq(users.id, madeBy),
        isNull(users.disabledAt),
        eq(memberships.schoolId, schoolId ?? 0),
        eq(memberships.role, 'administrator'),
        hasJoined(),
      ),
    )
  return maker !== undefined
}
