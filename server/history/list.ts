/** All that happened in the school, by operation, the latest first. */
import type { SQL } from 'drizzle-orm'
import { and, asc, desc, eq, exists, gte, inArray, like, lt, ne, not, or, sql } from 'drizzle-orm'
import { journal, operations, users } from '../../db/schema/index.ts'
import type { Deed, HistoryEntity } from '../../db/values.ts'
import { deeds } from '../../db/values.ts'
import { dayAfter, startOfDay } from '../calendar.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { verbsOf } from './deed.ts'
import type { ToldEntry } from './entries.ts'
import { entryColumns, tellEntries } from './entries.ts'
import type { ListHistoryInput } from './input.ts'
import type { OperationRow, ToldOperation } from './operations.ts'
import { operationColumns, tellOperations } from './operations.ts'
import { visible } from './seen.ts'

const pageSize = 30
/** An operation of no more entries is told whole; a larger one says how many, and unfolds by `ofOperation`. */
const toldWhole = 5

const endings = ['', 'Many', 'All', 'Matching']
const calledBy = (deed: Deed): SQL | undefined =>
  or(...verbsOf(deed).flatMap((verb) => endings.map((ending) => like(operations.procedure, `%.${verb}${ending}`))))
/** As `deedOf` reads it: what no other deed is called by is a change. */
function didWhat(deed: Deed): SQL | undefined {
  if (deed === 'import') return eq(operations.way, 'import')
  const others = deeds.filter((other) => other !== 'import' && other !== 'change').map(calledBy)
  const called = deed === 'change' ? not(or(...others) as SQL) : calledBy(deed)
  return and(ne(operations.way, 'import'), called)
}

const hasEntry = ({ db, actor }: Context, entity: HistoryEntity | undefined): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(journal)
      .where(
        and(eq(journal.schoolId, operations.schoolId), eq(journal.operationId, operations.id), visible(actor, entity)),
      ),
  )

function matching(ctx: Context, { actorId, way, entity, action, from, to, cursor }: ListHistoryInput) {
  const { school } = ctx
  const after = cursor && { at: new Date(cursor.at), id: cursor.id }
  return and(
    eq(operations.schoolId, school.id),
    actorId ? eq(operations.actorId, actorId) : undefined,
    way ? eq(operations.way, way) : undefined,
    action ? didWhat(action) : undefined,
    from ? gte(operations.at, startOfDay(from, school.timeZone)) : undefined,
    to ? lt(operations.at, startOfDay(dayAfter(to), school.timeZone)) : undefined,
    after ? or(lt(operations.at, after.at), and(eq(operations.at, after.at), lt(operations.id, after.id))) : undefined,
    hasEntry(ctx, entity),
  )
}

const countsOf = ({ db, school, actor }: Context, ids: string[]) =>
  db
    .select({
      operationId: journal.operationId,
      entity: journal.entity,
      count: sql<number>`count(*)`.mapWith(Number),
    })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), inArray(journal.operationId, ids), visible(actor)))
    .groupBy(journal.operationId, journal.entity)

async function entriesOf(ctx: Context, ids: string[]): Promise<Map<string, ToldEntry[]>> {
  if (!ids.length) return new Map()
  const rows = await ctx.db
    .select(entryColumns)
    .from(journal)
    .where(and(eq(journal.schoolId, ctx.school.id), inArray(journal.operationId, ids), visible(ctx.actor)))
    .orderBy(asc(journal.number))
  const operationOf = new Map(rows.map(({ number, operationId }) => [number, operationId]))
  return grouped(await tellEntries(ctx, rows), ({ number }) => operationOf.get(number) ?? '')
}

export interface ListedOperation extends ToldOperation {
  /** How many records of each kind, the most first. */
  counts: { entity: HistoryEntity; count: number }[]
  /** All of them, or none where there are too many: those are asked for by `ofOperation`. */
  entries: ToldEntry[]
}

async function tell(ctx: Context, made: OperationRow[]): Promise<ListedOperation[]> {
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
  const isSmall = (id: string) => countsIn(id).reduce((sum, { count }) => sum + count, 0) <= toldWhole
  const [entries, told] = await Promise.all([
    entriesOf(
      ctx,
      made.flatMap(({ id }) => (isSmall(id) ? id : [])),
    ),
    tellOperations(ctx, made),
  ])
  return told.map((operation) => ({
    ...operation,
    counts: countsIn(operation.id),
    entries: entries.get(operation.id) ?? [],
  }))
}

/** A page of the operations that this reader sees something of, by person, way, kind of record, deed and day. */
export async function listHistory(ctx: Context, input: ListHistoryInput) {
  const made: OperationRow[] = await ctx.db
    .select(operationColumns)
    .from(operations)
    .leftJoin(users, eq(users.id, operations.actorId))
    .where(matching(ctx, input))
    .orderBy(desc(operations.at), desc(operations.id))
    .limit(pageSize + 1)
  const page = made.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: await tell(ctx, page),
    next: made.length > pageSize && last ? { at: last.at.toISOString(), id: last.id } : null,
  }
}
