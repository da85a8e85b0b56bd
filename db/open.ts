import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { databaseUrl, isPostgres, pool, sqliteFile } from './dialect.ts'

/** Until a move has changed over, the register is in its file, and this a copy that may be emptied again. */
async function refuseHalf(db: Database): Promise<void> {
  const [move] = await db.rows<{ state: string }>(sql`select state from move`)
  if (move && move.state !== 'active')
    throw new Error(
      'A register is on its way to the database of DATABASE_URL, and is not there yet: wait until npx homeroom move has ended',
    )
}

/** The migrations came by another address, perhaps, as another role with another search_path. */
async function findRegister(db: Database): Promise<void> {
  const [row] = await db.rows<{ schema: string; isThere: boolean; isMoving: boolean }>(
    sql`select current_schema() as schema, to_regclass('journal_values') is not null as "isThere",
      to_regclass('move_tables') is not null as "isMoving"`,
  )
  if (row?.isMoving) await refuseHalf(db)
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
