import type { SQL } from 'drizzle-orm'
import type { PgTable, PreparedQueryConfig } from 'drizzle-orm/pg-core'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { PgRemoteSession } from 'drizzle-orm/pg-proxy'
import type { Nothing, Packed, Part, Transaction } from '../database.ts'
import { isOurs } from '../errors.ts'
import type { Plan } from '../insert-all.ts'
import { insertPlan, valuesOf } from '../insert-all.ts'
import type { Client } from './connection.ts'

const dialect = new PgDialect()

export const textOf = (query: SQL) => dialect.sqlToQuery(query)

interface Insert {
  text: string
  values: unknown[]
}

/** Many rows are one JSON parameter: thousands of parameters would cost as much as everything else together. */
function insertOf(plan: Plan, rows: readonly object[], first: number): Insert {
  const { table, names, columns } = plan
  const [row] = rows
  if (row && rows.length === 1) {
    const values = valuesOf(plan, row)
    const parameters = values.map((_, index) => `$${first + index}`).join(', ')
    return { text: `insert into ${table} (${names}) values (${parameters})`, values }
  }
  const text = `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $${first})`
  return { text, values: [recordsOf(columns, rows)] }
}

const recordsOf = (columns: Plan['columns'], rows: readonly object[]): string =>
  JSON.stringify(rows.map((row) => recordOf(columns, row)))

export const packedRecords = (table: PgTable, rows: readonly object[]): Packed =>
  recordsOf(insertPlan(table).columns, rows)

async function insertPacked(client: Client, schoolId: number, table: PgTable, packed: Packed, replaces: boolean) {
  const plan = insertPlan(table)
  const columns = plan.columns.map(([, { name }], index) => (index === plan.school ? '$1::integer' : `"${name}"`))
  const from = `json_populate_recordset(null::${plan.table}, $2)`
  const text = `insert into ${plan.table} (${plan.names}) select ${columns.join(', ')} from ${from}`
  await client.send(replaces ? text + plan.overwrite : text, [schoolId, packed])
}

/** PostgreSQL checks a foreign key between the tables at the end of the one statement. */
async function insertTogether(client: Client, parts: readonly Part[]): Promise<void> {
  const values: unknown[] = []
  const inserts = parts.map(([table, rows]) => {
    const insert = insertOf(insertPlan(table), rows, values.length + 1)
    values.push(...insert.values)
    return insert.text
  })
  const last = inserts.pop()
  const before = inserts.map((insert, index) => `part_${index} as (${insert})`).join(', ')
  await client.send(before ? `with ${before} ${last}` : `${last}`, values)
}

async function replaceAll(client: Client, table: PgTable, rows: readonly object[]): Promise<void> {
  const plan = insertPlan(table)
  const { text, values } = insertOf(plan, rows, 1)
  await client.send(text + plan.overwrite, values)
}

function recordOf(columns: Plan['columns'], row: object): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const [key, column] of columns) {
    const value = (row as Record<string, unknown>)[key] ?? null
    if (value === null) continue
    const stored = column.mapToDriverValue(value)
    record[column.name] = column.getSQLType() === 'jsonb' ? value : stored
  }
  return record
}

function sessionOn(client: Client) {
  const ask = async (text: string, parameters: unknown[], method: 'all' | 'execute') => ({
    rows: await client.send(text, parameters, { arrays: method === 'all' }),
  })
  const session = new PgRemoteSession(ask, dialect, undefined)
  const { prepareQuery } = session
  session.prepareQuery = <T extends PreparedQueryConfig>(...args: Parameters<typeof prepareQuery<T>>) => {
    const query = (prepareQuery<T>).apply(session, args)
    const { execute } = query
    query.execute = (values) =>
      execute.call(query, values).catch((error) => Promise.reject(isOurs(error.cause) ? error.cause : error))
    return query
  }
  return session
}

export function handleOn(client: Client): Transaction {
  const handle = new PgDatabase<Nothing>(dialect, sessionOn(client), undefined)
  return Object.assign(handle, {
    insertAll: (...parts: Part[]) => insertTogether(client, parts),
    replaceAll: (table: PgTable, rows: readonly object[]) => replaceAll(client, table, rows),
    insertPacked: (schoolId: number, table: PgTable, packed: Packed) =>
      insertPacked(client, schoolId, table, packed, false),
    replacePacked: (schoolId: number, table: PgTable, packed: Packed) =>
      insertPacked(client, schoolId, table, packed, true),
    rows: async <T>(query: SQL) => [...((await handle.execute(query)) as Iterable<T>)],
  })
}
