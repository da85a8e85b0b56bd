/** Whether a text is in any byte that the database keeps. */
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { isPostgres, sqliteFile } from '../../../db/dialect.ts'
import { db } from '../../setup/people.ts'

async function tablesHold(text: string): Promise<boolean> {
  const tables = await db.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = current_schema()`,
  )
  for (const { name } of tables) {
    const found = await db.rows(
      sql`select 1 as one from ${sql.identifier(name)} as row where position(${text} in row::text) > 0 limit 1`,
    )
    if (found.length) return true
  }
  return false
}

/** Of SQLite the file and its log are read, of PostgreSQL each row of each table. */
export async function isStored(text: string): Promise<boolean> {
  if (isPostgres) return tablesHold(text)
  return [sqliteFile, `${sqliteFile}-wal`].some((file) => existsSync(file) && readFileSync(file).includes(text))
}
