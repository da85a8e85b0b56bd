import { and, asc, count, desc, eq, min } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { Deed, JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { namesOf } from '../kinds.ts'
import { formerDid } from '../records/former-deeds.ts'

export interface About {
  deed: Deed
  entity: JournalEntity
  count: number
  name: string | null
}

const entryNumbered = async (tx: Reader, { school }: Context, number: number) => {
  const [entry] = await tx
    .select({ entity: journal.entity, entityId: journal.entityId })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.number, number)))
  return entry
}

const operationOf = async (tx: Reader, { school }: Context, id: string) => {
  const [operation] = await tx
    .select({
      way: operations.way,
      procedure: operations.procedure,
      deed: operations.deed,
      about: operations.about,
      isOfOne: operations.isOfOne,
    })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, id)))
  return operation
}

/** Throws `operation.not_found` where the operation changed nothing. */
export async function aboutOperation(tx: Reader, ctx: Context, operationId: string): Promise<About> {
  const rows = await tx
    .select({ entity: journal.entity, records: count(), first: min(journal.number) })
    .from(journal)
    .where(and(eq(journal.schoolId, ctx.school.id), eq(journal.operationId, operationId)))
    .groupBy(journal.entity)
    .orderBy(desc(count()), asc(journal.entity))
  const operation = await operationOf(tx, ctx, operationId)
  const entities = rows.map(({ entity }) => entity)
  const did = operation && (operation.deed ? { ...operation, deed: operation.deed } : formerDid(operation, entities))
  const row = rows.find(({ entity }) => entity === did?.about) ?? rows[0]
  const entry = row && (await entryNumbered(tx, ctx, Number(row.first)))
  if (!did || !row || !entry) throw new DomainError('operation.not_found')
  const told = did.isOfOne ? 1 : Number(row.records)
  const names = told === 1 ? await namesOf(tx, ctx.school.id, [entry]) : new Map()
  const name = (names.get(`${entry.entity} ${entry.entityId}`)?.name as string | undefined) ?? null
  return { deed: did.deed, entity: row.entity, count: told, name }
}
