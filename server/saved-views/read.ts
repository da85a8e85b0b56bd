import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { savedViews, users } from '../../db/schema/index.ts'
import type { ListPath } from '../../db/values.ts'
import { recordEntities, recordKinds } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Actor, Context } from '../context.ts'
import { kinds } from '../kinds.ts'
import { inOrder, required, theOne } from '../records/read.ts'
import type { ListSavedViewsInput } from './input.ts'

/** A view may name people, so only those who may open its list see it. */
const openTo = (actor: Actor): ListPath[] =>
  recordEntities.filter((entity) => allows(actor, kinds[entity].read)).map((entity) => recordKinds[entity].path)

/** Only those who may archive shared views see whose they are. */
const isSeenBy = ({ actor }: Context): SQL | undefined =>
  or(
    and(eq(savedViews.isShared, true), inArray(savedViews.place, openTo(actor))),
    actor.userId === null ? undefined : eq(savedViews.userId, actor.userId),
  )

const viewsWhere = async (db: Reader, ctx: Context, condition: SQL | undefined) => {
  const rows = await db
    .select({
      id: savedViews.id,
      place: savedViews.place,
      name: savedViews.name,
      search: savedViews.search,
      isShared: savedViews.isShared,
      userId: savedViews.userId,
      owner: users.name,
      version: savedViews.version,
      archivedAt: savedViews.archivedAt,
    })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.userId))
    .where(and(condition, isSeenBy(ctx)))
  const knowsOwners = allows(ctx.actor, 'savedView.share')
  return rows.map(({ userId, owner, ...row }) => ({
    ...row,
    owner: knowsOwners ? owner : null,
    isMine: userId === ctx.actor.userId,
  }))
}

export async function listSavedViews(ctx: Context, { place }: ListSavedViewsInput) {
  const { schoolId, archivedAt } = savedViews
  const here = and(eq(schoolId, ctx.school.id), eq(savedViews.place, place), isNull(archivedAt))
  const rows = await viewsWhere(ctx.db, ctx, here)
  return inOrder(rows, ({ name }) => name).map(({ archivedAt: _, ...row }) => row)
}

export const readSavedView = async (db: Reader, ctx: Context, id: string) =>
  required(await viewsWhere(db, ctx, theOne(savedViews, ctx, id)), 'savedView.not_found')
