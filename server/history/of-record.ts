/** The history of one record, with what belongs to it. */
import type { Column } from 'drizzle-orm'
import { and, desc, eq, getTableColumns, inArray, lt } from 'drizzle-orm'
import { journal, students } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import { dependentsOf, kinds } from '../kinds.ts'
import type { RecordTable } from '../records/kind.ts'
import { asOne, findRow } from '../records/kind.ts'
import type { EntryRow, ToldEntry } from './entries.ts'
import { entryColumns, tellEntries } from './entries.ts'
import type { RecordHistoryInput } from './input.ts'
import type { ToldOperation } from './operations.ts'
import { operationsOf, tellOperations } from './operations.ts'
import { seesEntity, visible } from './seen.ts'

type RecordEntity = RecordHistoryInput['entity']
const pageSize = 50

/** What belongs to a record and has no page of its own: those of its kind's dependents that it owns. */
const partsOf = (entity: RecordEntity) =>
  dependentsOf(entity).flatMap(({ kind, field, refers }) =>
    refers.owns
      ? [{ entity: kind.entity, table: kind.table, of: getTableColumns(asOne(kind.table))[field as 'id'] }]
      : [],
  )

const idsWhere = async ({ db, school }: Context, table: RecordTable, column: Column, owners: string[]) => {
  const { schoolId, id } = asOne(table)
  const rows = await db
    .select({ id })
    .from(asOne(table))
    .where(and(eq(schoolId, school.id), inArray(column, owners)))
  return rows.map((row) => row.id)
}

/** The record and, of a student, the records that were merged into hers, and into those. */
async function withMerged(ctx: Context, entity: RecordEntity, id: string): Promise<string[]> {
  const all = [id]
  if (entity !== 'student') return all
  for (let last = [id]; last.length; all.push(...last))
    last = (await idsWhere(ctx, students, students.mergedIntoId, last)).filter((one) => !all.includes(one))
  return all
}

async function requireRecord({ db, school, actor }: Context, entity: RecordEntity, id: string): Promise<void> {
  const isSeen = seesEntity(actor, entity)
  if (!isSeen || !(await findRow(db, kinds[entity], school.id, id))) throw new DomainError(`${entity}.not_found`)
}

/** The latest entries about these records of one kind, by their index: few are read, however long the journal is. */
async function latestOf({ db, school, actor }: Context, entity: JournalEntity, ids: string[], below: number) {
  const rows: EntryRow[] = []
  for (const batch of inBatches(ids))
    rows.push(
      ...(await db
        .select(entryColumns)
        .from(journal)
        .where(
          and(
            eq(journal.schoolId, school.id),
            eq(journal.entity, entity),
            inArray(journal.entityId, batch),
            lt(journal.number, below),
            visible(actor, entity),
          ),
        )
        .orderBy(desc(journal.number))
        .limit(pageSize + 1)),
    )
  return rows
}

/** What belongs to these records and may be seen, as kinds and ids. */
async function belonging(ctx: Context, entity: RecordEntity, ids: string[]) {
  const seen = partsOf(entity).filter((part) => seesEntity(ctx.actor, part.entity))
  const found = seen.map(async (part) => ({ entity: part.entity, ids: await idsWhere(ctx, part.table, part.of, ids) }))
  return [{ entity, ids }, ...(await Promise.all(found))]
}

/** An operation with those of its entries that are of the record. */
export interface RecordOperation extends ToldOperation {
  entries: ToldEntry[]
}

/** A page of what happened to a record, the newest first, by operation: one that a page cuts through goes on in the next. */
export async function readRecordHistory(ctx: Context, { entity, id, cursor }: RecordHistoryInput) {
  const [ids] = await Promise.all([withMerged(ctx, entity, id), requireRecord(ctx, entity, id)])
  const below = cursor ?? Number.MAX_SAFE_INTEGER
  const kinds = await belonging(ctx, entity, ids)
  const latest = await Promise.all(kinds.map((kind) => latestOf(ctx, kind.entity, kind.ids, below)))
  const rows = latest.flat().toSorted((a, b) => b.number - a.number)
  const page = rows.slice(0, pageSize)
  const operationIds = [...new Set(page.map(({ operationId }) => operationId))]
  const [entries, operations] = await Promise.all([
    tellEntries(ctx, page),
    operationsOf(ctx, operationIds).then((made) => tellOperations(ctx, made)),
  ])
  const operationOf = new Map(page.map(({ number, operationId }) => [number, operationId]))
  const byOperation = grouped(entries, ({ number }) => operationOf.get(number))
  const told = new Map(operations.map((operation) => [operation.id, operation]))
  return {
    rows: operationIds.flatMap((operationId): RecordOperation[] => {
      const operation = told.get(operationId)
      return operation ? [{ ...operation, entries: byOperation.get(operationId) ?? [] }] : []
    }),
    next: rows.length > pageSize ? (page.at(-1)?.number ?? null) : null,
  }
}
