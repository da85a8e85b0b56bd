/** The same statement on the bare driver, with nothing of ours between. */
import { is, Param, Placeholder } from 'drizzle-orm'
import postgres from 'postgres'
import { databaseUrl, isPostgres, sqliteFile } from '../../db/dialect.ts'
import { Sqlite } from '../../db/sqlite-driver.ts'

export interface Bare {
  /** Runs the statement with the named values in its parameters' places. */
  statement(query: { sql: string; params: unknown[] }, values: Record<string, unknown>): () => unknown
  run(statement: string, values: unknown[]): unknown
  /** All rows in one transaction, by the quickest plain insert the driver has. */
  insertAll(tables: Record<string, Record<string, unknown>[]>): Promise<void>
  close(): Promise<void>
}

function filled(params: unknown[], values: Record<string, unknown>): unknown[] {
  return params.map((param) => {
    if (is(param, Placeholder)) return values[param.name]
    if (is(param, Param))
      return is(param.value, Placeholder) ? param.encoder.mapToDriverValue(values[param.value.name]) : param.value
    return param
  })
}

function onSqlite(): Bare {
  const client = new Sqlite(sqliteFile)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  const insert = (table: string, rows: Record<string, unknown>[]) => {
    const columns = Object.keys(rows[0] ?? {})
    const places = columns.map(() => '?').join(', ')
    const statement = client.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`)
    for (const row of rows) statement.run(...Object.values(row))
  }
  return {
    statement({ sql, params }, values) {
      const statement = client.prepare(sql)
      const given = filled(params, values)
      return () => statement.all(...given)
    },
    run: (statement, values) => client.prepare(statement).run(...values),
    insertAll: async (tables) =>
      client.transaction(() => {
        for (const [table, rows] of Object.entries(tables)) insert(table, rows)
      })(),
    close: async () => void client.close(),
  }
}

function onPostgres(): Bare {
  const client = postgres(databaseUrl, { max: 1, fetch_types: false, prepare: false, onnotice() {} })
  return {
    statement({ sql, params }, values) {
      const given = filled(params, values) as never[]
      return () => client.unsafe(sql, given)
    },
    run: (statement, values) => client.unsafe(statement, values as never[]),
    insertAll: async (tables) => {
      await client.begin(async (tx) => {
        for (const [table, rows] of Object.entries(tables))
          for (let from = 0; from < rows.length; from += 500)
            await tx`insert into ${tx(table)} ${tx(rows.slice(from, from + 500) as never)}`
      })
    },
    close: () => client.end(),
  }
}

export const bareDriver = (): Bare => (isPostgres ? onPostgres() : onSqlite())
