import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { journal, journalOwners, students } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import { fillJournal, kinds } from '../kinds.ts'
import { findRow, idsOf } from '../records/kind.ts'
import type { EntryRow, HistoryEntry } from './entries.ts'
import { describeEntries, entryColumns } from './entries.ts'
import type { RecordHistoryInput } from './input.ts'
import type { HistoryOperation } from './operations.ts'
import { describeOperations, operationsOf } from './operations.ts'
import { seesEntity, visible } from './visible.ts'

type RecordEntity = RecordHistoryInput['entity']
const pageSize = 50

/** A student's history includes the records that were merged into hers, and into those. */
async function withMerged({ db, school }: Context, entity: RecordEntity, id: string): Promise<string[]> {
  const all = [id]
  if (entity !== 'student') return all
  for (let last = [id]; last.length; all.push(...last)) {
    const merged = await db
      .select({ id: students.id })
      .from(students)
      .where(and(eq(students.schoolId, school.id), inArray(students.mergedIntoId, last)))
    last = idsOf(merged).filter((one) => !all.includes(one))
  }
  return all
}

async function requireRecord({ db, school, actor }: Context, entity: RecordEntity, id: string): Promise<void> {
  const isVisible = seesEntity(actor, entity)
  if (!isVisible || !(await findRow(db, kinds[entity], school.id, id))) throw new DomainError(`${entity}.not_found`)
}

/** One range of the index answers, however long the journal is. */
const latestOf = (
  { db, school, actor }: Context,
  entity: RecordEntity,
  id: string,
  below: number,
): Promise<EntryRow[]> =>
  db
    .select(entryColumns)
    .from(journalOwners)
    .innerJoin(journal, and(eq(journal.schoolId, journalOwners.schoolId), eq(journal.number, journalOwners.number)))
    .where(
      and(
        eq(journalOwners.schoolId, school.id),
        eq(journalOwners.entity, entity),
        eq(journalOwners.id, id),
        lt(journalOwners.number, below),
        visible(actor),
      ),
    )
    .orderBy(desc(journalOwners.number))
    .limit(pageSize + 1)

export interface RecordOperation extends HistoryOperation {
  entries: HistoryEntry[]
}

/** Operations come newest first; one that a page cuts goes on in the next. */
export async function readRecordHistory(ctx: Context, { entity, id, cursor }: RecordHistoryInput) {
  const [ids] = await Promise.all([withMerged(ctx, entity, id), requireRecord(ctx, entity, id)])
  await fillJournal(ctx.db, ctx.school.id)
  const below = cursor ?? Number.MAX_SAFE_INTEGER
  const latest = await Promise.all(ids.map((one) => latestOf(ctx, entity, one, below)))
  // An entry that moved from one merged record to the other is found for both.
  const byNumber = new Map(latest.flat().map((row) => [row.number, row]))
  const rows = [...byNumber.values()].toSorted((a, b) => b.number - a.number)
  const page = rows.slice(0, pageSize)
  const operationIds = [...new Set(page.map(({ operationId }) => operationId))]
  const [entries, operations] = await Promise.all([
    describeEntries(ctx, page),
    operationsOf(ctx, operationIds).then((made) => describeOperations(ctx, made)),
  ])
  const operationOf = new Map(page.map(({ number, operationId }) => [number, operationId]))
  const byOperation = grouped(entries, ({ number }) => operationOf.get(number))
  const described = new Map(operations.map((operation) => [operation.id, operation]))
  return {
    rows: operationIds.flatMap((operationId): RecordOperation[] => {
      const operation = described.get(operationId)
      return operation ? [{ ...operation, entries: byOperation.get(operationId) ?? [] }] : []
    }),
    next: rows.length > pageSize ? (page.at(-1)?.number ?? null) : null,
  }
}
