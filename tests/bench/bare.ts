/** The same statement on the bare driver, with nothing of ours between. */
import BetterSqlite from 'better-sqlite3'
import { is, Param, Placeholder } from 'drizzle-orm'
import postgres from 'postgres'
import { databaseUrl, isPostgres, sqliteFile } from '../../db/dialect.ts'

export interface Bare {
  /** Runs the statement with the named values in its parameters' places. */
  statement(query: { sql: string; params: unknown[] }, values: Record<string, unknown>): () => unknown
  run(statement: string, values: unknown[]): unknown
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

export function bareDriver(): Bare {
  if (!isPostgres) {
    const client = new BetterSqlite(sqliteFile)
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    return {
      statement({ sql, params }, values) {
        const statement = client.prepare(sql)
        const given = filled(params, values)
        return () => statement.all(...given)
      },
      run: (statement, values) => client.prepare(statement).run(...values),
      close: async () => void client.close(),
    }
  }
  const client = postgres(databaseUrl, { max: 1, fetch_types: false, prepare: false, onnotice() {} })
  return {
    statement({ sql, params }, values) {
      const given = filled(params, values) as never[]
      return () => client.unsafe(sql, given)
    },
    run: (statement, values) => client.unsafe(statement, values as never[]),
    close: () => client.end(),
  }
}
