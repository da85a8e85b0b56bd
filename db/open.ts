import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { awaitedFile, databaseUrl, isPostgres, leftFile, moveTargetUrl, pool, sqliteFile } from './dialect.ts'

/** Until a move has changed over, the register is in its file, and this a copy that may be emptied again. */
async function refuseHalf(db: Database): Promise<void> {
  const [move] = await db.rows<{ state: string }>(sql`select state from move`)
  if (move && move.state !== 'active')
    throw new Error(
      'A register is on its way to the database of DATABASE_URL, and is not there yet: wait until npx homeroom move has ended',
    )
}

/** Throws where no register is, or not yet. The migrations came by another address, perhaps, as another role with another search_path. */
export async function requireRegister(db: Database): Promise<void> {
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

/** Another database than the one it goes to may be at the same address, or another address given: a register of others could be there. */
async function requireArrival(file: string): Promise<void> {
  const [{ Connection }, { placeOf }, { moveOf, requireSamePlace }, { connectToRead }] = await Promise.all([
    import('./postgres/connection.ts'),
    import('./move/target.ts'),
    import('./move/moved.ts'),
    import('./sqlite-file.ts'),
  ])
  const client = connectToRead(file)
  const target = new Connection(databaseUrl)
  try {
    const move = moveOf(client)
    if (move) requireSamePlace(move, await placeOf(target, databaseUrl))
  } finally {
    client.close()
    await target.end()
  }
}

interface Opening {
  /** A SQLite file and what it says of itself stay as they are, and every write throws. */
  readonly?: boolean
  isAhead?: boolean
}

export async function open({ readonly = false, isAhead = false }: Opening = {}): Promise<Database> {
  if (isPostgres) {
    if (leftFile || awaitedFile) await requireArrival(leftFile || awaitedFile)
    const db = await (await import('./postgres/database.ts')).openPostgres(databaseUrl, pool)
    if (isAhead) return db
    await requireRegister(db).catch(async (error) => {
      await db.close()
      throw error
    })
    return db
  }
  const url = moveTargetUrl
  const recover = url ? async () => (await import('./move/recover.ts')).recover({ file: sqliteFile, url }) : undefined
  return (await import('./sqlite.ts')).openSqlite(sqliteFile, { readonly, recover })
}
