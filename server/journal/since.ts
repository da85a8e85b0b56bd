import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { inBatches } from './bulk.ts'

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

/** Of so many records a refusal tells who changed them. */
const toldAtMost = 20

/** Who changed the records that are not in the versions somebody saw: each asks the database once more. */
export async function changesSinceSeen(
  tx: Reader,
  schoolId: number,
  entity: JournalEntity,
  rows: readonly { id: string; version: number }[],
  seen: ReadonlyMap<string, number>,
) {
  const now = new Map(rows.map(({ id, version }) => [id, version]))
  const others = [...new Set([...now.keys(), ...seen.keys()])].filter((id) => now.get(id) !== seen.get(id))
  const changes = []
  for (const id of others.slice(0, toldAtMost))
    changes.push(...(await changesSince(tx, schoolId, entity, id, seen.get(id) ?? 0)))
  return changes
}

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
