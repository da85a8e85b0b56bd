/** Drizzle on a client of postgres.js. */
import type { Column, SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session'
import type postgres from 'postgres'
import type { Drizzle, Part, Transaction } from './database.ts'
import type { Plan } from './insert-all.ts'
import { insertPlan } from './insert-all.ts'
import { inOneTrip } from './one-trip.ts'

/** How a handle runs one read. */
export type Run = <T>(read: () => Promise<T>) => Promise<T>

const dialect = new PgDialect()

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

/** All rows are one parameter, the one of this number: thousands would cost as much as everything else together. */
const insertOf = ({ table, names }: Plan, parameter: number): string =>
  `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $${parameter})`
const jsonOf = ({ columns }: Plan, rows: readonly object[]) => JSON.stringify(rows.map((row) => recordOf(columns, row)))

/** One statement: a foreign key between the tables is checked at its end. */
async function insertTogether(client: postgres.Sql, parts: readonly Part[]): Promise<void> {
  const plans = parts.map(([table]) => insertPlan(table))
  const inserts = plans.map((plan, index) => insertOf(plan, index + 1))
  const last = inserts.pop()
  const before = inserts.map((insert, index) => `part_${index} as (${insert})`).join(', ')
  const values = parts.map(([, rows], index) => jsonOf(plans[index] as Plan, rows))
  await client.unsafe(before ? `with ${before} ${last}` : `${last}`, values)
}

async function replaceAll(client: postgres.Sql, table: PgTable, rows: readonly object[]): Promise<void> {
  const plan = insertPlan(table)
  await client.unsafe(insertOf(plan, 1) + plan.overwrite, [jsonOf(plan, rows)])
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
