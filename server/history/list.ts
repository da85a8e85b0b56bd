import type { SQL } from 'drizzle-orm'
import { and, desc, eq, exists, gte, inArray, lt, sql } from 'drizzle-orm'
import { fewBy } from '../../db/rows.ts'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { HistoryEntity, JournalEntity } from '../../db/values.ts'
import { dayAfter, startOfDay } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { fillJournal } from '../kinds.ts'
import type { HistoryEntry } from './entries.ts'
import { describeEntries, entryColumns } from './entries.ts'
import type { ListHistoryInput } from './input.ts'
import type { HistoryOperation, OperationRow } from './operations.ts'
import { describeOperations, operationColumns } from './operations.ts'
import { visible } from './visible.ts'

const pageSize = 30
/** A larger operation returns its counts only, and `ofOperation` returns its entries. */
const entriesListed = 5

const isOfKind = ({ actor, school }: Context, entity: HistoryEntity | undefined): SQL | undefined =>
  and(eq(journal.schoolId, school.id), visible(actor, entity))

const hasEntry = (ctx: Context, entity: HistoryEntity | undefined): SQL =>
  exists(
    ctx.db
      .select({ one: sql`1` })
      .from(journal)
      .where(and(isOfKind(ctx, entity), eq(journal.operationId, operations.id))),
  )

/** A kind with fewer entries is looked up by them; any other soon comes among the latest operations. */
const seldom = 1000
async function ofKind(ctx: Context, entity: HistoryEntity | undefined): Promise<SQL> {
  if (!entity) return hasEntry(ctx, entity)
  const few = await ctx.db
    .select({ operationId: journal.operationId })
    .from(journal)
    .where(and(eq(journal.schoolId, ctx.school.id), eq(journal.entity, entity)))
    .limit(seldom)
  if (few.length === seldom) return hasEntry(ctx, entity)
  const ids = new Set(few.map(({ operationId }) => operationId))
  return and(inArray(operations.id, [...ids]), hasEntry(ctx, entity)) ?? sql`1 = 0`
}

const numberOf = ({ db, school }: Context, id: string) =>
  db
    .select({ number: operations.number })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, id)))

async function matching(ctx: Context, { actorId, way, entity, action, from, to, cursor }: ListHistoryInput) {
  const { school } = ctx
  return and(
    eq(operations.schoolId, school.id),
    actorId ? eq(operations.actorId, actorId) : undefined,
    way ? eq(operations.way, way) : undefined,
    action ? eq(operations.deed, action) : undefined,
    from ? gte(operations.at, startOfDay(from, school.timeZone)) : undefined,
    to ? lt(operations.at, startOfDay(dayAfter(to), school.timeZone)) : undefined,
    lt(operations.number, cursor ? sql`(${numberOf(ctx, cursor.id)})` : Number.MAX_SAFE_INTEGER),
    await ofKind(ctx, entity),
  )
}

/** In the order of operations and kinds, SQLite would walk through the whole journal: kinds are grouped by an expression. */
const countsOf = ({ db, school, actor }: Context, ids: string[]) =>
  db
    .select({
      operationId: journal.operationId,
      entity: sql<JournalEntity>`max(${journal.entity})`,
      count: sql<number>`count(*)`.mapWith(Number),
    })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), inArray(journal.operationId, ids), visible(actor)))
    .groupBy(journal.operationId, fewBy(journal.entity))

async function entriesOf(ctx: Context, ids: string[]): Promise<Map<string, HistoryEntry[]>> {
  if (!ids.length) return new Map()
  const rows = await ctx.db
    .select(entryColumns)
    .from(journal)
    .where(and(eq(journal.schoolId, ctx.school.id), inArray(journal.operationId, ids), visible(ctx.actor)))
  const operationOf = new Map(rows.map(({ number, operationId }) => [number, operationId]))
  // To read them in order, SQLite would walk through the whole journal.
  const inOrder = rows.toSorted((a, b) => a.number - b.number)
  return grouped(await describeEntries(ctx, inOrder), ({ number }) => operationOf.get(number) ?? '')
}

export interface ListedOperation extends HistoryOperation {
  counts: { entity: HistoryEntity; count: number }[]
  entries: HistoryEntry[]
}

async function describe(ctx: Context, made: OperationRow[]): Promise<ListedOperation[]> {
  if (!made.length) return []
  const counted = await countsOf(
    ctx,
    made.map(({ id }) => id),
  )
  const byOperation = grouped(counted, ({ operationId }) => operationId)
  const countsIn = (id: string) =>
    (byOperation.get(id) ?? [])
      .map(({ entity, count }) => ({ entity: entity as HistoryEntity, count }))
      .toSorted((a, b) => b.count - a.count)
  const isSmall = (id: string) => countsIn(id).reduce((sum, { count }) => sum + count, 0) <= entriesListed
  const [entries, described] = await Promise.all([
    entriesOf(
      ctx,
      made.flatMap(({ id }) => (isSmall(id) ? id : [])),
    ),
    describeOperations(ctx, made),
  ])
  return described.map((operation) => ({
    ...operation,
    counts: countsIn(operation.id),
    entries: entries.get(operation.id) ?? [],
  }))
}

export async function listHistory(ctx: Context, input: ListHistoryInput) {
  await fillJournal(ctx.db, ctx.school.id)
  const made: OperationRow[] = await ctx.db
    .select(operationColumns)
    .from(operations)
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(await matching(ctx, input))
    .orderBy(desc(operations.number))
    .limit(pageSize + 1)
  const page = made.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: await describe(ctx, page),
    next: made.length > pageSize && last ? { at: last.at.toISOString(), id: last.id } : null,
  }
}
