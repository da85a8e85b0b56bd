import { and, desc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { refersTo } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { JournalEntity, OperationWay } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { namesOf } from '../kinds.ts'

interface Named {
  entity: JournalEntity
  id: string
}

/** Of so many records the error tells who changed them last; of the others only the id. */
const toldAtMost = 5

async function latestChange(tx: Reader, { school }: Context, { entity, id }: Named) {
  const [latest] = await tx
    .select({ by: users.name, way: operations.way, at: operations.at })
    .from(journal)
    .innerJoin(operations, refersTo(journal.operationId, operations))
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, entity), eq(journal.entityId, id)))
    .orderBy(desc(journal.number))
    .limit(1)
  return latest && { ...latest, at: latest.at.toISOString() }
}

export interface InTheWay extends Named {
  name?: string | undefined
  by?: string | null
  way?: OperationWay
  at?: string
}

/** `undo.changed`: these records were changed or made since the operation. */
export async function changedSince(tx: Reader, ctx: Context, records: readonly Named[]): Promise<DomainError> {
  const told = records.slice(0, toldAtMost)
  const names = await namesOf(
    tx,
    ctx.school.id,
    told.map(({ entity, id }) => ({ entity, entityId: id })),
  )
  const inTheWay: InTheWay[] = []
  for (const record of told) {
    const name = names.get(`${record.entity} ${record.id}`)?.name
    inTheWay.push({ ...record, name, ...(await latestChange(tx, ctx, record)) })
  }
  return new DomainError('undo.changed', { records: [...inTheWay, ...records.slice(toldAtMost)] })
}
