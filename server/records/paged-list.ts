import { setImmediate as breathe } from 'node:timers/promises'
import type { Column, Placeholder, SQL } from 'drizzle-orm'
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { searchWords } from '../../db/folding.ts'
import { contains } from '../../db/kit.ts'
import type { Preparable } from '../../db/prepared.ts'
import { prepared } from '../../db/prepared.ts'
import type { Context } from '../context.ts'
import { scopeValues } from '../scope.ts'
import type { RecordTable, RowOf } from './kind.ts'
import { asOne } from './kind.ts'

const p = sql.placeholder

interface Filter {
  search: string
  archived: boolean
}
interface PageOf {
  sort?: string
  descending?: boolean
  cursor?: { key: string; name: string; id: string } | null | undefined
  limit: number
}
interface FilterShape {
  words: number
  archived: boolean
}
interface PageShape extends FilterShape {
  sort?: string
  descending?: boolean
  continued: boolean
}

interface Selection<Row> {
  where(condition: SQL | undefined): {
    orderBy(...order: SQL[]): { limit(limit: Placeholder): Preparable<Row[]> }
  }
}
interface ListedRow {
  id: string
  sortName: string
  key?: string
}

interface PagedList<T, F extends Filter, Shape, Row> {
  table: T
  wordsOf?(search: string): string[]
  shapeOf?(ctx: Context, filter: F): Shape
  /** What the placeholders of these conditions hold, beside `asked` and the scope's. */
  valuesOf?(ctx: Context): Record<string, unknown>
  conditions(db: Reader, shape: Shape & FilterShape): (SQL | undefined)[]
  keys?: Partial<Record<string, SQL>>
  select(db: Reader, shape: Shape & PageShape): Selection<Row>
}

export const holds = (column: Column, words: number): SQL | undefined =>
  and(...Array.from({ length: words }, (_, index) => contains(column, p(`word${index}`))))

export const asked = (name: string): Placeholder => p(`${name}Asked`)
const askedValues = (filter: object) =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [`${name}Asked`, value]))

const firstId = '00000000-0000-0000-0000-000000000000'
const readAtOnce = 1_000

async function everyRow<Row extends { id: string }>(
  read: (page: { after: string; limit: number }) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await read({ after: rows.at(-1)?.id ?? firstId, limit: readAtOnce })
    rows.push(...page)
    if (page.length < readAtOnce) return rows
    await breathe()
  }
}

type ListTable = RecordTable & { sortName: Column }

/** The list's three statements; the shape of each is JSON. */
function statementsOf<T extends ListTable, F extends Filter, Shape, Row>(list: PagedList<T, F, Shape, Row>) {
  const { table, keys, conditions, select } = list
  const { schoolId, id, archivedAt } = asOne(table)
  const matching = (db: Reader, shape: Shape & FilterShape) =>
    and(
      eq(schoolId, p('schoolId')),
      shape.archived ? isNotNull(archivedAt) : isNull(archivedAt),
      shape.archived && 'erasedAt' in table ? isNull(table.erasedAt) : undefined,
      ...conditions(db, shape),
    )
  return {
    pages: prepared((db, text: string) => {
      const shape = JSON.parse(text) as Shape & PageShape
      const key = keys?.[shape.sort ?? '']
      const places = [...(key ? [key] : []), table.sortName, id]
      const last = [...(key ? [p('key')] : []), p('name'), p('id')]
      const beyond = shape.descending ? sql`<` : sql`>`
      const after = sql`(${sql.join(places, sql`, `)}) ${beyond} (${sql.join(last, sql`, `)})`
      return select(db, shape)
        .where(and(matching(db, shape), shape.continued ? after : undefined))
        .orderBy(...places.map((place) => (shape.descending ? desc(place) : asc(place))))
        .limit(p('limit'))
    }),
    wholeRows: prepared((db, text: string) =>
      db
        .select()
        .from(asOne(table))
        .where(and(matching(db, JSON.parse(text)), gt(id, p('after'))))
        .orderBy(asc(id))
        .limit(p('limit')),
    ),
    counted: prepared((db, text: string) =>
      db
        .select({ count: sql<number>`count(*)`.mapWith(Number) })
        .from(asOne(table))
        .where(matching(db, JSON.parse(text))),
    ),
  }
}

function askingOf<T extends ListTable, F extends Filter, Shape extends object, Row>(list: PagedList<T, F, Shape, Row>) {
  const { wordsOf = searchWords, shapeOf, valuesOf } = list
  const ofList = (ctx: Context, filter: F, more?: object) => {
    const words = wordsOf(filter.search)
    const shape = { ...shapeOf?.(ctx, filter), words: words.length, archived: filter.archived, ...more }
    const values = {
      ...askedValues(filter),
      ...scopeValues(ctx.actor),
      ...valuesOf?.(ctx),
      ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])),
      schoolId: ctx.school.id,
    }
    return { shape: JSON.stringify(shape), values }
  }
  const ofPage = (ctx: Context, input: F & PageOf) => {
    const { sort, descending, cursor, limit } = input
    const { shape, values } = ofList(ctx, input, { sort, descending, continued: Boolean(cursor) })
    return { shape, values: { ...values, ...cursor, limit: limit + 1 } }
  }
  return { ofList, ofPage }
}

export function pagedList<T extends ListTable, F extends Filter, Shape extends object, Row extends ListedRow>(
  list: PagedList<T, F, Shape, Row>,
) {
  const { pages, wholeRows, counted } = statementsOf(list)
  const { ofList, ofPage } = askingOf(list)
  return {
    async page(ctx: Context, input: F & PageOf) {
      const { shape, values } = ofPage(ctx, input)
      const rows = await pages(ctx.db, shape, values)
      const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
      return {
        rows: rows.slice(0, input.limit).map(({ sortName: _, key: __, ...row }) => row),
        next: last ? { key: last.key ?? '', name: last.sortName, id: last.id } : null,
      }
    },
    async count(ctx: Context, filter: F): Promise<number> {
      const { shape, values } = ofList(ctx, filter)
      const [row] = await counted(ctx.db, shape, values)
      return row?.count ?? 0
    },
    whole(db: Reader, ctx: Context, filter: F): Promise<RowOf<T>[]> {
      const { shape, values } = ofList(ctx, filter)
      return everyRow(async (place) => (await wholeRows(db, shape, { ...values, ...place })) as RowOf<T>[])
    },
    statement(ctx: Context, input: F & PageOf) {
      const { shape, values } = ofPage(ctx, input)
      return { query: pages.statement(ctx.db, shape), values }
    },
  }
}
