import type { SQL } from 'drizzle-orm'
import { and, eq, exists, inArray, isNotNull, isNull, max, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { refersTo } from '../../db/rows.ts'
import { instructors, memberships, oneTimeTokens, sessions, users } from '../../db/schema/index.ts'
import { hasRightsBeyond } from '../auth/rights.ts'
import { isOver, limitsOf, liveSession } from '../auth/sessions.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import { called } from '../people.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, theOne } from '../records/read.ts'

const own = eq(sessions.userId, users.id)
const isInvitation = or(
  and(eq(oneTimeTokens.purpose, 'membership'), eq(oneTimeTokens.schoolId, memberships.schoolId)),
  and(eq(oneTimeTokens.purpose, 'invitation'), isNull(memberships.invitedName)),
)

const acting = alias(users, 'reader')
const owning = (db: Reader, actorId: string | null) =>
  db
    .select({ one: sql`1` })
    .from(acting)
    .where(and(actorId === null ? sql`1 = 0` : eq(acting.id, actorId), eq(acting.isOwner, true)))

const membersWhere = (db: Reader, ctx: Context, condition: SQL | undefined) => {
  const lastSeen = db
    .select({ at: max(sessions.lastSeenAt) })
    .from(sessions)
    .where(own)
  const invitation = db
    .select({ at: max(oneTimeTokens.expiresAt) })
    .from(oneTimeTokens)
    .where(and(eq(oneTimeTokens.userId, users.id), isInvitation))
  return db
    .select({
      id: memberships.id,
      userId: users.id,
      name: users.name,
      invitedName: memberships.invitedName,
      email: users.email,
      role: memberships.role,
      instructorId: memberships.instructorId,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      isDisabled: sql<boolean>`${isNotNull(users.disabledAt)}`.mapWith(Boolean),
      hasPassword: sql<boolean>`${isNotNull(users.passwordHash)}`.mapWith(Boolean),
      isOwner: users.isOwner,
      isService: users.isService,
      actorOwns: sql<boolean>`${exists(owning(db, ctx.actor.userId))}`.mapWith(Boolean),
      isBeyond: sql<boolean>`${hasRightsBeyond(db, ctx.actor.userId)}`.mapWith(Boolean),
      lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
      invitedUntil: sql<Date | null>`(${invitation})`.mapWith(oneTimeTokens.expiresAt),
      version: memberships.version,
      archivedAt: memberships.archivedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(instructors, refersTo(memberships.instructorId, instructors))
    .where(condition)
}
type Row = Awaited<ReturnType<typeof membersWhere>>[number] & { openSessions: number }

/** The schools of a person may end a session earlier than the register does. */
async function withOpenSessions<R extends { userId: string }>(db: Reader, now: Date, rows: readonly R[]) {
  const counts = new Map<string, number>()
  for (const ids of inBatches(new Set(rows.map(({ userId }) => userId)))) {
    const found = await db
      .select({
        userId: sessions.userId,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        ...limitsOf(db),
      })
      .from(sessions)
      .where(and(inArray(sessions.userId, ids), liveSession(now)))
    for (const one of found)
      if (!isOver(one.createdAt, one.lastSeenAt, one, now)) counts.set(one.userId, (counts.get(one.userId) ?? 0) + 1)
  }
  return rows.map((row) => ({ ...row, openSessions: counts.get(row.userId) ?? 0 }))
}

const written = (at: Date | null) => at?.toISOString() ?? null

const hasNotJoined = ({ invitedName, hasPassword, isService }: Row) =>
  invitedName !== null || !(hasPassword || isService)

const stateOf = (row: Row): 'active' | 'invited' | 'disabled' | 'service' =>
  hasNotJoined(row) ? 'invited' : row.isDisabled ? 'disabled' : row.isService ? 'service' : 'active'

/** Where somebody signs in is told only of those whose every right the actor administers. */
function activity(row: Row, isYou: boolean) {
  const seesActivity = isYou || !(row.invitedName !== null || row.isBeyond)
  const { lastSeenAt, openSessions } = row
  if (!seesActivity) return { seesActivity, lastSeenAt: null, openSessions: 0 }
  return { seesActivity, lastSeenAt: written(lastSeenAt), openSessions }
}

function mayBe({ isBeyond, isOwner, actorOwns }: Row, state: ReturnType<typeof stateOf>, isYou: boolean) {
  const hasJoinedHere = state !== 'invited'
  return {
    isOwner: hasJoinedHere && isOwner,
    mayBeDisabled: hasJoinedHere && !isBeyond && !isYou,
    mayBeOwner: state === 'active' && actorOwns && !isOwner,
    mayGiveUpOwnership: isYou && isOwner,
  }
}

/** Of a person who has not joined, a school is told only what it wrote itself. */
function shown(row: Row, { actor, now }: Context) {
  const { id, email, role, instructorId, version, invitedName, givenName, familyName, invitedUntil } = row
  const isYou = row.userId === actor.userId
  const state = stateOf(row)
  return {
    id,
    name: invitedName ?? row.name,
    // A service has no address: the stored one is never used.
    email: row.isService ? '' : email,
    role,
    instructorId,
    version,
    state,
    instructorName: called({ givenName: givenName ?? '', familyName: familyName ?? '' }) || null,
    ...activity(row, isYou),
    invitedUntil: invitedUntil && invitedUntil > now ? written(invitedUntil) : null,
    ...mayBe(row, state, isYou),
    mayGetLink: (state === 'invited' && !row.isService) || (state === 'active' && !row.isBeyond),
    isYou,
    archivedAt: written(row.archivedAt),
  }
}

export async function listMembers(ctx: Context, input: ListRecordsInput) {
  const found = await membersWhere(ctx.db, ctx, listed(memberships, ctx, input))
  const rows = await withOpenSessions(ctx.db, ctx.now, found)
  return inOrder(rows, ({ invitedName, name, email }) => `${invitedName ?? name}\t${email}`).map((row) =>
    shown(row, ctx),
  )
}

export async function readMember(db: Reader, ctx: Context, id: string) {
  const found = await membersWhere(db, ctx, theOne(memberships, ctx, id))
  const [row] = await withOpenSessions(db, ctx.now, found)
  if (!row) throw new DomainError('member.not_found')
  return shown(row, ctx)
}
