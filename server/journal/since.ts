import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'

/** Who changed a record after this version, oldest first. */
export async function changesSince(tx: Reader, schoolId: number, entity: JournalEntity, id: string, version: number) {
  const rows = await tx
    .select({
      by: users.name,
      way: operations.way,
      at: operations.at,
      fields: journal.fields,
      version: journal.version,
    })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(
      and(
        eq(journal.schoolId, schoolId),
        eq(journal.entity, entity),
        eq(journal.entityId, id),
        gt(journal.version, version),
      ),
    )
    .orderBy(asc(journal.number))
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
