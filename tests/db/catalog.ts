/** What a database holds, by its own catalog: two of the same schema answer alike, however they came by it. */
import type { Outsider } from './outsider.ts'
import { onPostgres } from './outsider.ts'

const ours = /migration|^__/

const tablesQuery = onPostgres
  ? `select tablename as name from pg_tables where schemaname = 'public' order by 1`
  : `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by 1`

async function tableOnSqlite(asked: Outsider, table: string): Promise<object> {
  const columns = await asked.rows<{ name: string }>(
    `select name, type, "notnull", dflt_value, pk from pragma_table_xinfo('${table}') order by name`,
  )
  const keys = await asked.rows(
    `select "table", "from", "to", on_delete, on_update from pragma_foreign_key_list('${table}') order by 1, 2, 3`,
  )
  const indexes = await asked.rows<{ name: string; unique: number; partial: number }>(
    `select name, "unique", partial from pragma_index_list('${table}') where origin = 'c' order by name`,
  )
  const indexed: object[] = []
  for (const index of indexes)
    indexed.push({
      ...index,
      of: await asked.rows(`select name, "desc", coll from pragma_index_xinfo('${index.name}')`),
    })
  const [{ sql = '' } = {}] = await asked.rows<{ sql: string }>(`select sql from sqlite_schema where name = '${table}'`)
  const checks = [...sql.matchAll(/CONSTRAINT ["`]?(\w+)["`]? CHECK/gi)].map(([, name]) => name).sort()
  return { columns, keys, indexed, checks }
}

async function tableOnPostgres(asked: Outsider, table: string): Promise<object> {
  const columns = await asked.rows(
    `select attname, format_type(atttypid, atttypmod), attnotnull, collname, pg_get_expr(adbin, adrelid) as fallback
      from pg_attribute left join pg_collation c on c.oid = attcollation
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = '"${table}"'::regclass and attnum > 0 and not attisdropped order by 1`,
  )
  const constraints = await asked.rows(
    `select conname, convalidated, pg_get_constraintdef(oid) as says from pg_constraint where conrelid = '"${table}"'::regclass order by 1`,
  )
  const indexes = await asked.rows(
    `select indexrelid::regclass::text as name, indisvalid, pg_get_indexdef(indexrelid) as says from pg_index where indrelid = '"${table}"'::regclass order by 1`,
  )
  return { columns, constraints, indexes }
}

export async function tablesIn(asked: Outsider): Promise<string[]> {
  return (await asked.rows<{ name: string }>(tablesQuery)).map(({ name }) => name).filter((name) => !ours.test(name))
}

export async function schemaOf(asked: Outsider): Promise<Record<string, object>> {
  const schema: Record<string, object> = {}
  for (const table of await tablesIn(asked))
    schema[table] = await (onPostgres ? tableOnPostgres : tableOnSqlite)(asked, table)
  return schema
}

/** All rows, of the tables and columns that `like` has: what a lower step keeps of a higher one. */
export async function rowsOf(asked: Outsider, like: Outsider = asked): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {}
  for (const table of await tablesIn(like)) {
    const query = onPostgres
      ? `select attname as name from pg_attribute where attrelid = '"${table}"'::regclass and attnum > 0 and not attisdropped order by 1`
      : `select name from pragma_table_xinfo('${table}') order by 1`
    const columns = (await like.rows<{ name: string }>(query)).map(({ name }) => `"${name}"`)
    const found = await asked.rows<object>(`select ${columns.join(', ')} from "${table}"`)
    rows[table] = found.map((row) => JSON.stringify(row)).sort()
  }
  return rows
}
