import { and, eq, like, not } from 'drizzle-orm'
import { operations, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { inOrder } from '../records/read.ts'

/** Those who ever changed something in the school, for one to choose from. */
export async function readHistoryPeople(ctx: Context) {
  const { db, school } = ctx
  const rows = await db
    .selectDistinct({ id: users.id, name: users.name })
    .from(operations)
    .innerJoin(users, eq(users.id, operations.actorId))
    .where(and(eq(operations.schoolId, school.id), not(like(operations.procedure, 'savedViews.%'))))
  return inOrder(rows, ctx, ({ name }) => name)
}
