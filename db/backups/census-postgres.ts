import type { Client } from '../postgres/connection.ts'
import { homeOf, quoted } from '../postgres/home.ts'
import type { Census, TableCensus } from './census.ts'
import { TableHash } from './census.ts'

const fetchedAtOnce = 200

export interface TableName {
  schema: string
  name: string
}

/** The register's own tables: those of the role that owns its journal, in its schema and in that of drizzle-kit's ledger. */
export async function tablesOf(client: Client): Promise<TableName[]> {
  const { schema } = await homeOf(client)
  return client.send<TableName>(
    `select nspname as schema, relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'p') and relowner = (select relowner from pg_class where oid = to_regclass('journal'))
       and (nspname = $1 or (nspname = 'drizzle' and $1 = 'public')) order by nspname, relname`,
    [schema],
  )
}

export const nameOf = ({ schema, name }: TableName): string => `${quoted(schema)}.${quoted(name)}`

/** Texts are ordered by their bytes: each machine's own order may be another. */
async function orderOf(client: Client, table: string): Promise<string> {
  const columns = await client.send<{ name: string; isText: boolean }>(
    `select attname as name, attcollation <> 0 as "isText" from pg_index
     join unnest(indkey::int[]) with ordinality as key(number, place) on true
     join pg_attribute on attrelid = indrelid and attnum = key.number
     where indrelid = $1::regclass and indisprimary order by key.place`,
    [table],
  )
  if (!columns.length) return '(t.*)::text collate "C"'
  return columns.map(({ name, isText }) => `t.${quoted(name)}${isText ? ' collate "C"' : ''}`).join(', ')
}

async function tableCensus(client: Client, table: string): Promise<TableCensus> {
  const hash = new TableHash()
  await client.send(
    `declare census cursor for select (t.*)::text as row from ${table} as t order by ${await orderOf(client, table)}`,
  )
  for (;;) {
    const rows = await client.send<{ row: string }>(`fetch ${fetchedAtOnce} from census`)
    for (const { row } of rows) hash.add(row)
    if (rows.length < fetchedAtOnce) break
  }
  await client.send('close census')
  return hash.done()
}

/** What PostgreSQL enforces beside the columns. A constraint's text is the same on every server. */
async function constraintCensus(client: Client, tables: readonly TableName[]): Promise<TableCensus> {
  const hash = new TableHash()
  const rows = await client.send<{ row: string }>(
    `select row from (
       select format('%s %s %s %s', conrelid::regclass, conname, contype, convalidated) as row from pg_constraint
       where contype <> 'n' and conrelid = any ($1::text[]::regclass[])
       union all select format('%s %s %s', indrelid::regclass, indexrelid::regclass, indisunique) from pg_index
       where indrelid = any ($1::text[]::regclass[])) as rules order by row collate "C"`,
    [`{${tables.map((table) => JSON.stringify(nameOf(table))).join(',')}}`],
  )
  for (const { row } of rows) hash.add(row)
  return hash.done()
}

const plainly =
  "set local datestyle to 'ISO, YMD'; set local intervalstyle to postgres; set local bytea_output to hex; set local extra_float_digits to 1; set local statement_timeout to 0; set local idle_in_transaction_session_timeout to 0"

export async function censusOf(client: Client): Promise<Census> {
  await client.send(plainly)
  const tables = await tablesOf(client)
  const [engine] = await client.send<{ name: string }>(
    `select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) as name`,
  )
  const steps = await client.send<{ name: string }>(
    'select name from (select step, name from migrations union all select step, name from compatible_migrations) as steps order by step',
  )
  const found: [string, TableCensus][] = []
  for (const table of tables) found.push([`${table.schema}.${table.name}`, await tableCensus(client, nameOf(table))])
  found.push(['constraints', await constraintCensus(client, tables)])
  return { engine: engine?.name ?? '', steps: steps.map(({ name }) => name), tables: Object.fromEntries(found) }
}
