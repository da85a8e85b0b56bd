/** The journal as listeners hear of it: which records changed, without what changed in them. */
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { journal, operations } from '../../db/schema/index.ts'

const { placeholder } = sql

export const entriesAfter = prepared((db, _shape: 'all') =>
  db
    .select({
      number: journal.number,
      entity: journal.entity,
      id: journal.entityId,
      operationId: journal.operationId,
      actorId: operations.actorId,
    })
    .from(journal)
    .innerJoin(operations, and(eq(operations.schoolId, journal.schoolId), eq(operations.id, journal.operationId)))
    .where(and(eq(journal.schoolId, placeholder('schoolId')), gt(journal.number, placeholder('number'))))
    .orderBy(asc(journal.number))
    .limit(placeholder('limit') as never),
)
export type LiveEntry = Awaited<ReturnType<typeof entriesAfter>>[number]
