import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { alias } from '../../db/kit.ts'
import { fewBy } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { Deed, JournalEntity, OperationWay } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { endingProcedure } from '../journal/entry.ts'
import { declarationOf } from '../kinds.ts'
import { isUndoable } from '../records/declaration.ts'
import { formerDid } from '../records/former-deeds.ts'
import { visible } from './visible.ts'

export interface HistoryOperation {
  id: string
  at: string
  by: string | null
  way: OperationWay
  deed: Deed
  /** Null when the reader cannot undo it. */
  undoes: number | null
}

export const operationColumns = {
  id: operations.id,
  actorId: operations.actorId,
  way: operations.way,
  procedure: operations.procedure,
  deed: operations.deed,
  at: operations.at,
  by: users.name,
}
export interface OperationRow {
  id: string
  actorId: string | null
  way: OperationWay
  procedure: string
  deed: Deed | null
  at: Date
  by: string | null
}

export async function operationsOf({ db, school }: Context, ids: string[]): Promise<OperationRow[]> {
  if (!ids.length) return []
  return db
    .select(operationColumns)
    .from(operations)
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(and(eq(operations.schoolId, school.id), inArray(operations.id, ids)))
}

const deedOf = (row: OperationRow): Deed => row.deed ?? formerDid(row, []).deed

const later = alias(journal, 'later')

/** The count covers what the reader may see. */
const changedBy = ({ db, school, actor }: Context, ids: string[]) =>
  db
    .select({
      operationId: journal.operationId,
      entity: sql<JournalEntity>`max(${journal.entity})`,
      count: sql<number>`sum(case when ${visible(actor)} then 1 else 0 end)`.mapWith(Number),
      changedSince: sql<number>`max(case when exists ${db
        .select({ one: sql`1` })
        .from(later)
        .where(
          and(
            eq(later.schoolId, journal.schoolId),
            eq(later.entity, journal.entity),
            eq(later.entityId, journal.entityId),
            gt(later.number, journal.number),
            ne(later.operationId, journal.operationId),
          ),
        )} then 1 else 0 end)`.mapWith(Number),
    })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), inArray(journal.operationId, ids)))
    .groupBy(journal.operationId, fewBy(journal.entity))

async function undoesOf(ctx: Context, rows: readonly OperationRow[]): Promise<Map<string, number>> {
  const { actor } = ctx
  const mine = rows.filter(
    (row) =>
      (row.way === 'screen' || row.way === 'api' || row.procedure === endingProcedure) &&
      deedOf(row) !== 'erase' &&
      (row.actorId === actor.userId || allows(actor, 'journal.undoOthers')),
  )
  if (!mine.length) return new Map()
  const changed = await changedBy(
    ctx,
    mine.map(({ id }) => id),
  )
  const possible = [...grouped(changed, ({ operationId }) => operationId)].filter(([, kinds]) =>
    kinds.every(({ entity, changedSince }) => {
      const { undo } = declarationOf(entity)
      return !changedSince && isUndoable(undo) && allows(actor, undo.permission)
    }),
  )
  return new Map(possible.map(([id, kinds]) => [id, kinds.reduce((sum, { count }) => sum + count, 0)]))
}

export async function describeOperations(ctx: Context, rows: readonly OperationRow[]): Promise<HistoryOperation[]> {
  const undoes = await undoesOf(ctx, rows)
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    by: row.by,
    way: row.way,
    deed: deedOf(row),
    undoes: undoes.get(row.id) ?? null,
  }))
}
