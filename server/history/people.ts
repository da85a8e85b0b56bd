import { and, eq, exists, sql } from 'drizzle-orm'
import { operations, users } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { fillJournal } from '../kinds.ts'
import { inOrder } from '../records/read.ts'
import { isListed } from './visible.ts'

export async function readHistoryPeople(ctx: Context) {
  const { db, school, actor } = ctx
  await fillJournal(db, school.id)
  const acted = db
    .select({ one: sql`1` })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.actorId, users.id), isListed(actor)))
  const rows = await db.select({ id: users.id, name: users.name }).from(users).where(exists(acted))
  return inOrder(rows, ({ name }) => name)
}
