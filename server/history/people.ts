import { and, eq } from 'drizzle-orm'
import { operations, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { fillJournal } from '../kinds.ts'
import { inOrder } from '../records/read.ts'
import { isListed } from './visible.ts'

export async function readHistoryPeople(ctx: Context) {
  const { db, school, actor } = ctx
  await fillJournal(db, school.id)
  const rows = await db
    .selectDistinct({ id: users.id, name: users.name })
    .from(operations)
    .innerJoin(users, eq(users.id, operations.actorId))
    .where(and(eq(operations.schoolId, school.id), isListed(actor)))
  return inOrder(rows, ctx, ({ name }) => name)
}
