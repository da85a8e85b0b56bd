import { statSync } from 'node:fs'
import { asc, sql } from 'drizzle-orm'
import type { Reader } from './database.ts'
import { isPostgres, sqliteFile } from './dialect.ts'
import { table } from './kit.ts'
import { compatibleLedger, ledger } from './migration-ledger.ts'

export interface DatabaseFacts {
  name: string
  size: number
  walSize: number | null
  migrations: { name: string; at: Date }[]
}

/** The runner makes its own ledgers, so the generated schema does not include them. */
const ledgers = [ledger, compatibleLedger].map((name) =>
  table(name, (c) => ({ step: c.integer(), name: c.text(255), at: c.timestamp() })),
)

const question = isPostgres
  ? sql`select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) as name,
      pg_database_size(current_database()) as size`
  : sql`select 'SQLite ' || sqlite_version() as name, page_count * page_size as size
      from pragma_page_count(), pragma_page_size()`

async function nameAndSize(db: Reader): Promise<{ name: string; size: number }> {
  const [found] = await db.rows<{ name: string; size: number | string }>(question)
  return { name: found?.name ?? '', size: Number(found?.size ?? 0) }
}

export const databaseSize = async (db: Reader): Promise<number> => (await nameAndSize(db)).size

const walSize = () => (isPostgres ? null : (statSync(`${sqliteFile}-wal`, { throwIfNoEntry: false })?.size ?? 0))

export async function databaseFacts(db: Reader): Promise<DatabaseFacts> {
  const found = await nameAndSize(db)
  const rows = await Promise.all(ledgers.map((own) => db.select().from(own).orderBy(asc(own.step))))
  const migrations = rows.flat().flatMap(({ name, at }) => (name && at ? [{ name, at }] : []))
  return { ...found, walSize: walSize(), migrations }
}
