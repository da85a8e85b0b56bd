import { and, asc, eq, gt } from 'drizzle-orm'
import { journal, operations } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { describeEntries, entryColumns } from './entries.ts'
import type { OperationHistoryInput } from './input.ts'
import { visible } from './visible.ts'

const pageSize = 50

export async function readOperationHistory(ctx: Context, { operationId, cursor }: OperationHistoryInput) {
  const { db, school, actor } = ctx
  const [known] = await db
    .select({ id: operations.id })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, operationId)))
  const rows = await db
    .select(entryColumns)
    .from(journal)
    .where(
      and(
        eq(journal.schoolId, school.id),
        eq(journal.operationId, operationId),
        gt(journal.number, cursor ?? 0),
        visible(actor),
      ),
    )
    .orderBy(asc(journal.number))
    .limit(pageSize + 1)
  if (!known || (!rows.length && !cursor)) throw new DomainError('operation.not_found')
  const page = rows.slice(0, pageSize)
  return {
    rows: await describeEntries(ctx, page),
    next: rows.length > pageSize ? (page.at(-1)?.number ?? null) : null,
  }
}
