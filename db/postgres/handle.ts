/** Drizzle on a client of postgres.js. */
import type { Column, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import type postgres from 'postgres'
import type { Drizzle, Part, Transaction } from '../database.ts'
import type { Plan } from '../insert-all.ts'
import { insertPlan, valuesOf } from '../insert-all.ts'
import { inOneTrip } from './one-trip.ts'

/** How a handle runs one read. */
export type Run = <T>(read: () => Promise<T>) => Promise<T>

const dialect = new PgDialect()

/** The statement as it goes over the wire. */
export const textOf = (query: SQL) => dialect.sqlToQuery(query)

/** After a query that failed between two rows, postgres.js starts the connection's next result with holes (its issue 1119). */
const withoutHoles = <T>(rows: T): T =>
  Array.isArray(rows) && rows.length && !(0 in rows) ? (rows.filter(() => true) as T) : rows

function sessionOn(client: postgres.Sql, run: Run) {
  const session = new PostgresJsSession(client, dialect, undefined, {})
  const { prepareQuery } = session
  session.prepareQuery = (...args) => {
    const query = prepareQuery.apply(session, args)
    const { execute } = query
    query.execute = (values) => run(async () => withoutHoles(await execute.call(query, values)))
    return query as never
  }
  return session
}

interface Insert {
  text: string
  values: unknown[]
}

/** Many rows are one parameter: thousands would cost as much as everything else together. Places are counted from `place`. */
function insertOf(plan: Plan, rows: readonly object[], place: number): Insert {
  const { table, names, columns } = plan
  const [row] = rows
  if (row && rows.length === 1) {
    const values = valuesOf(plan, row)
    const places = values.map((_, index) => `$${place + index}`).join(', ')
    return { text: `insert into ${table} (${names}) values (${places})`, values }
  }
  const all = JSON.stringify(rows.map((each) => recordOf(columns, each)))
  const text = `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $${place})`
  return { text, values: [all] }
}

/** One statement: a foreign key between the tables is checked at its end. */
async function insertTogether(client: postgres.Sql, parts: readonly Part[]): Promise<void> {
  const values: unknown[] = []
  const inserts = parts.map(([table, rows]) => {
    const insert = insertOf(insertPlan(table), rows, values.length + 1)
    values.push(...insert.values)
    return insert.text
  })
  const last = inserts.pop()
  const before = inserts.map((insert, index) => `part_${index} as (${insert})`).join(', ')
  await client.unsafe(before ? `with ${before} ${last}` : `${last}`, values as never)
}

async function replaceAll(client: postgres.Sql, table: PgTable, rows: readonly object[]): Promise<void> {
  const plan = insertPlan(table)
  const { text, values } = insertOf(plan, rows, 1)
  await client.unsafe(text + plan.overwrite, values as never)
}

/** By column name, what isn't null; JSON as itself and not as a text. */
function recordOf(columns: readonly [string, Column][], row: object): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const [key, column] of columns) {
    const value = (row as Record<string, unknown>)[key] ?? null
    if (value === null) continue
    const stored = column.mapToDriverValue(value)
    record[column.name] = column.getSQLType() === 'jsonb' ? value : stored
  }
  return record
}

type Handle = Drizzle & { execute(query: SQL): Promise<Iterable<unknown>> }
export function handleOn(client: postgres.Sql, run: Run = (read) => read()): Transaction {
  const quick = inOneTrip(client)
  const handle = new PgDatabase(dialect, sessionOn(quick, run), undefined) as unknown as Handle
  return Object.assign(handle, {
    insertAll: (...parts: Part[]) => insertTogether(quick, parts),
    replaceAll: (table: PgTable, rows: readonly object[]) => replaceAll(quick, table, rows),
    rows: async <T>(query: SQL) => [...(await handle.execute(query))] as T[],
  }) as unknown as Transaction
}
