import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { databaseUrl, isPostgres, pool, sqliteFile } from './dialect.ts'

/** The migrations came by another address, perhaps, as another role with another search_path. */
async function findRegister(db: Database): Promise<void> {
  const [row] = await db.rows<{ schema: string; isThere: boolean }>(
    sql`select current_schema() as schema, to_regclass('journal_values') is not null as "isThere"`,
  )
  if (row && !row.isThere)
    throw new Error(
      `DATABASE_URL leads to schema ${row.schema}, where no register is: run npx homeroom migrate, or give its role the search_path of the one in DATABASE_DIRECT_URL`,
    )
}

/** With `readonly` a SQLite file and what it says of itself stay as they are, and every write throws. */
export async function open({ readonly = false } = {}): Promise<Database> {
  if (isPostgres) {
    const db = await (await import('./postgres/database.ts')).openPostgres(databaseUrl, pool)
    await findRegister(db).catch(async (error) => {
      await db.close()
      throw error
    })
    return db
  }
  return (await import('./sqlite.ts')).openSqlite(sqliteFile, { readonly })
}
