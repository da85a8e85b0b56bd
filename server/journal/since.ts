import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { inBatches } from './bulk.ts'

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

/** Answers by the id of each record which procedure wrote the field last. */
export async function lastWriterOf(
  tx: Reader,
  schoolId: number,
  { entity, field }: { entity: JournalEntity; field: string },
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const writers = new Map<string, string>()
  for (const batch of inBatches(ids)) {
    const rows = await tx
      .select({ id: journal.entityId, fields: journal.fields, procedure: operations.procedure })
      .from(journal)
      .innerJoin(operations, refersTo(journal.operationId, operations))
      .where(and(eq(journal.schoolId, schoolId), eq(journal.entity, entity), inArray(journal.entityId, batch)))
      .orderBy(asc(journal.number))
    for (const { id, fields, procedure } of rows) if (fields.includes(field)) writers.set(id, procedure)
  }
  return writers
}
