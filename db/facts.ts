/** What an administrator may know of the database itself. */
import { statSync } from 'node:fs'
import { asc, sql } from 'drizzle-orm'
import type { Reader } from './database.ts'
import { isPostgres, sqliteFile } from './dialect.ts'
import { table } from './kit.ts'
import { compatibleLedger, ledger } from './migration-ledger.ts'

export interface DatabaseFacts {
  /** Such as 'SQLite 3.53.2'. */
  name: string
  /** In bytes. */
  size: number
  /** In bytes: what is written and not yet part of the main file. Null where the database keeps no such file. */
  walSize: number | null
  /** In the order they were applied. */
  migrations: { name: string; at: Date }[]
}

/** The runner's own ledger, which it makes itself: no part of the schema that is generated. */
const ledgers = [ledger, compatibleLedger].map((name) =>
  table(name, (c) => ({ step: c.integer(), name: c.text(255), at: c.timestamp() })),
)

const question = isPostgres
  ? sql`select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) as name,
      pg_database_size(current_database()) as size`
  : sql`select 'SQLite ' || sqlite_version() as name, page_count * page_size as size
      from pragma_page_count(), pragma_page_size()`

const walSize = () => (isPostgres ? null : (statSync(`${sqliteFile}-wal`, { throwIfNoEntry: false })?.size ?? 0))

export async function databaseFacts(db: Reader): Promise<DatabaseFacts> {
  const [told] = await db.rows<{ name: string; size: number | string }>(question)
  const rows = await Promise.all(ledgers.map((own) => db.select().from(own).orderBy(asc(own.step))))
  const migrations = rows.flat().flatMap(({ name, at }) => (name && at ? [{ name, at }] : []))
  return { name: told?.name ?? '', size: Number(told?.size ?? 0), walSize: walSize(), migrations }
}
