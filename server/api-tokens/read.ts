import type { SQL } from 'drizzle-orm'
import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { apiTokens, memberships, users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { tokenScopes } from './input.ts'
import { goingUses } from './uses.ts'

export const tokensWhere = async (db: Reader, { school, actor, now }: Context, condition: SQL | undefined) => {
  const rows = await db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      scopes: apiTokens.scopes,
      createdAt: apiTokens.createdAt,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      memberId: memberships.id,
      memberName: users.name,
      role: memberships.role,
      isService: users.isService,
      userId: users.id,
    })
    .from(apiTokens)
    .innerJoin(memberships, refersTo(apiTokens.membershipId, memberships))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(apiTokens.schoolId, school.id), isNull(memberships.archivedAt), condition))
    .orderBy(desc(users.isService), asc(users.name), desc(apiTokens.createdAt), asc(apiTokens.id))
  const uses = await goingUses(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(({ userId, createdAt, expiresAt, lastUsedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isExpired: expiresAt <= now,
    isYours: userId === actor.userId,
    going: uses.get(row.id) ?? [],
  }))
}

export const listApiTokens = (ctx: Context) => tokensWhere(ctx.db, ctx, undefined)

export const listOwnApiTokens = (ctx: Context) => tokensWhere(ctx.db, ctx, eq(users.id, ctx.actor.userId ?? ''))

/** The scopes that a token of one's own may have, and one of a service in each of its roles. */
export function offeredScopes({ actor }: Context) {
  const offered = (role: Role) => tokenScopes.filter((scope) => allows({ role }, scope))
  return { own: offered(actor.role), viewer: offered('viewer'), registrar: offered('registrar') }
}
