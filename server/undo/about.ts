import { and, asc, count, desc, eq, min } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { journal, operations } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Deed } from '../history/deed.ts'
import { aboutOf, deedOf, isOfOne } from '../history/deed.ts'
import { namesOf } from '../kinds.ts'

/** What somebody did by an operation: archived Room 12, enrolled 24 students. */
export interface About {
  deed: Deed
  entity: JournalEntity
  count: number
  /** Of the record, where it was about one and that has a name. */
  name: string | null
}

const entryNumbered = async (tx: Reader, { school }: Context, number: number) => {
  const [entry] = await tx
    .select({ entity: journal.entity, entityId: journal.entityId, version: journal.version })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.number, number)))
  return entry
}

/** By its procedure and the kinds of records it changed; `operation.not_found` where it changed none. */
export async function aboutOperation(tx: Reader, ctx: Context, operationId: string): Promise<About> {
  const rows = await tx
    .select({
      procedure: operations.procedure,
      entity: journal.entity,
      records: count(),
      first: min(journal.number),
    })
    .from(journal)
    .innerJoin(operations, and(eq(operations.schoolId, journal.schoolId), eq(operations.id, journal.operationId)))
    .where(and(eq(journal.schoolId, ctx.school.id), eq(journal.operationId, operationId)))
    .groupBy(operations.procedure, journal.entity)
    .orderBy(desc(count()), asc(journal.entity))
  const entities = rows.map(({ entity }) => entity)
  const { procedure = '' } = rows[0] ?? {}
  const entity = aboutOf(procedure, entities)
  const row = rows.find((one) => one.entity === entity)
  const entry = row && (await entryNumbered(tx, ctx, Number(row.first)))
  if (!row || !entry) throw new DomainError('operation.not_found')
  const told = isOfOne(procedure) ? 1 : Number(row.records)
  const names = told === 1 ? await namesOf(tx, ctx.school.id, [entry]) : new Map()
  const name = (names.get(`${entry.entity} ${entry.entityId}`)?.name as string | undefined) ?? null
  return { deed: deedOf(procedure, entry.version), entity: row.entity, count: told, name }
}
