import { and, asc, eq, gt } from 'drizzle-orm'
import { refersTo } from '../../db/rows.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import type { ListChangesInput } from './input.ts'
import { seesEntity, seesField } from './visible.ts'

/** Numbers have no gaps and are given under the school's lock, so nothing is missed: `next` is where to go on, although nothing of a page may be visible. */
export async function listChanges(ctx: Context, { after, limit }: ListChangesInput) {
  const { db, school, actor } = ctx
  const found = await db
    .select({
      number: journal.number,
      entity: journal.entity,
      id: journal.entityId,
      version: journal.version,
      fields: journal.fields,
      at: operations.at,
    })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .where(and(eq(journal.schoolId, school.id), gt(journal.number, after)))
    .orderBy(asc(journal.number))
    .limit(limit)
  const rows = found
    .filter(({ entity }) => seesEntity(actor, entity))
    .map(({ fields, at, ...row }) => ({
      ...row,
      fields: fields.filter((field) => seesField(actor, row.entity, field)),
      at: at.toISOString(),
    }))
  return { rows, next: found.at(-1)?.number ?? after }
}
