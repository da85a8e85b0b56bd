import type { SQL } from 'drizzle-orm'
import { and, count, eq, isNotNull, max, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { instructors, memberships, oneTimeTokens, sessions, users } from '../../db/schema/index.ts'
import { liveSession } from '../auth/sessions.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, theOne } from '../records/read.ts'
import { hasRightsBeyond } from './rights.ts'

const own = eq(sessions.userId, users.id)

const membersWhere = (db: Reader, ctx: Context, condition: SQL | undefined) => {
  const lastSeen = db
    .select({ at: max(sessions.lastSeenAt) })
    .from(sessions)
    .where(own)
  const open = db
    .select({ n: count() })
    .from(sessions)
    .where(and(own, liveSession(ctx.now)))
  const invitation = db
    .select({ at: max(oneTimeTokens.expiresAt) })
    .from(oneTimeTokens)
    .where(and(eq(oneTimeTokens.userId, users.id), eq(oneTimeTokens.purpose, 'invitation')))
  return db
    .select({
      id: memberships.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      instructorId: memberships.instructorId,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      isDisabled: sql<boolean>`${isNotNull(users.disabledAt)}`.mapWith(Boolean),
      hasPassword: sql<boolean>`${isNotNull(users.passwordHash)}`.mapWith(Boolean),
      isBeyond: sql<boolean>`${hasRightsBeyond(db, ctx)}`.mapWith(Boolean),
      lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
      openSessions: sql<number>`(${open})`.mapWith(Number),
      invitedUntil: sql<Date | null>`(${invitation})`.mapWith(oneTimeTokens.expiresAt),
      version: memberships.version,
      archivedAt: memberships.archivedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(instructors, refersTo(memberships.instructorId, instructors))
    .where(condition)
}
type Row = Awaited<ReturnType<typeof membersWhere>>[number]

const written = (at: Date | null) => at?.toISOString() ?? null

/** An invited person has no password yet. */
const stateOf = ({ isDisabled, hasPassword }: Row): 'active' | 'invited' | 'disabled' =>
  isDisabled ? 'disabled' : hasPassword ? 'active' : 'invited'

function shown(row: Row, { actor, now }: Context) {
  const { userId, givenName, familyName, isDisabled, hasPassword: _, isBeyond, invitedUntil, ...rest } = row
  return {
    ...rest,
    state: stateOf(row),
    instructorName: givenName && familyName ? `${givenName} ${familyName}` : null,
    lastSeenAt: written(row.lastSeenAt),
    /** Null when no valid link exists. */
    invitedUntil: invitedUntil && invitedUntil > now ? written(invitedUntil) : null,
    mayGetLink: !isBeyond && !isDisabled,
    isYou: userId === actor.userId,
    archivedAt: written(row.archivedAt),
  }
}

/** Archived members are those who left. */
export async function listMembers(ctx: Context, input: ListRecordsInput) {
  const rows = await membersWhere(ctx.db, ctx, listed(memberships, ctx, input))
  return inOrder(rows, ctx, ({ name, email }) => `${name}\t${email}`).map((row) => shown(row, ctx))
}

export async function readMember(db: Reader, ctx: Context, id: string) {
  const [row] = await membersWhere(db, ctx, theOne(memberships, ctx, id))
  if (!row) throw new DomainError('member.not_found')
  return shown(row, ctx)
}
